package dev.bucketlens.deployed;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** What CloudFormation tells of a stack's resources. */
record StackEvents(CloudFormationClient client, String stack) {

  /** What could not be made or changed, and why. */
  List<String> failures() {
    return events()
        .filter(it -> it.resourceStatusAsString().endsWith("FAILED"))
        .map(it -> it.logicalResourceId() + " " + it.resourceStatusReason())
        .toList();
  }

  /** The name of a resource that was made, even if it is gone again. */
  String made(String logical) {
    return events()
        .filter(it -> it.logicalResourceId().equals(logical))
        .filter(it -> it.resourceStatus() == ResourceStatus.CREATE_COMPLETE)
        .map(StackEvent::physicalResourceId)
        .findFirst()
        .orElseThrow(() -> new AssertionError(stack + " never made " + logical));
  }

  private Stream<StackEvent> events() {
    return client.describeStackEventsPaginator(r -> r.stackName(stack)).stackEvents().stream();
  }
}

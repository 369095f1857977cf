package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class MessageQueueTest {

  @TempDir Path folder;

  private MessageQueue queue;

  @BeforeEach
  void open() throws Exception {
    queue = MessageQueue.open(folder);
  }

  @Test
  void receive_shouldGiveOldestFirst_whenSeveralWait() throws Exception {
    queue.send("first");
    queue.send("second");
    queue.send("third");

    assertThat(queue.receive(2)).extracting(Message::body).containsExactly("first", "second");
  }

  @Test
  void open_shouldDeliverAgain_whenStoppedBeforeAcknowledged() throws Exception {
    queue.send("unfinished");
    queue.send("finished");
    List<Message> messages = queue.receive(10);
    queue.acknowledge(messages.get(1));

    MessageQueue reopened = MessageQueue.open(folder);

    assertThat(reopened.receive(10)).extracting(Message::body).containsExactly("unfinished");
  }

  @Test
  void fail_shouldMakeADeadLetter_whenThreeTriesFailed() throws Exception {
    queue.send("poison");

    boolean dead = false;
    for (int tries = 1; tries <= MessageQueue.MAX_RECEIVES; tries++) {
      Message message = queue.receive(1).getFirst();
      assertThat(message.receives()).isEqualTo(tries);
      dead = queue.fail(message);
    }

    assertThat(dead).isTrue();
    assertThat(queue.deadLetters())
        .singleElement()
        .satisfies(f -> assertThat(f).hasContent("poison"));
    queue.awaitEmpty();
  }
}

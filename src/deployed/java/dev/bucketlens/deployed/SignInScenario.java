package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.testing.Browser;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A new deployment, its first user and a browser: from the address in the outputs by Cognito's own
 * sign-in to a scored photo.
 */
@ExtendWith(Deployed.class)
@ResourceLock(Deployed.BROWSER)
final class SignInScenario {

  private static final String FIRST = "Correct-horse-1";
  private static final String OWN = "Battery-staple-2";

  private final Cloud cloud;

  SignInScenario(Cloud cloud) {
    this.cloud = cloud;
  }

  @Test
  void firstUser_shouldComeFromTheAddressToAScoredPhoto() {
    Stack stack = cloud.stack("signin").create(cloud.packaged(), Map.of());
    makeUser(stack, "you@example.com");
    try (CognitoFront cognito =
            CognitoFront.start(cloud.aws().endpoint(), Cloud.FOLDER.resolve("cognito"));
        Browser browser = Browser.start(cognito.browserOptions())) {
      browser.look(1280, 900, false);
      browser.open(stack.output("ApiUrl"));
      browser.await("the sign-in", () -> browser.find("#sign-in").isDisplayed());
      assertThat(browser.accessibilityViolations()).isEmpty();

      browser.click("#sign-in-button");
      signIn(browser, "you@example.com");

      browser.await("the page", () -> browser.find("#main").isDisplayed());
      assertThat(browser.find("#who").getText()).isEqualTo("you@example.com");
      assertThat(browser.run("return location.href")).isEqualTo(stack.output("ApiUrl") + "/");
      browser
          .find("#files")
          .sendKeys(
              Path.of("src/local/resources/photos/chameleon.jpg").toAbsolutePath().toString());
      browser.await("five bars", () -> browser.all(".job.done .bars li").size() == 5);
      assertThat(browser.texts(".job.done .bars li").getFirst()).contains("chameleon");
      browser.await("the photo in the gallery", () -> !browser.all(".card").isEmpty());
      browser.click(".card");
      assertThat(browser.find("#detail .facts").getText())
          .containsPattern("File\\s+chameleon.jpg")
          .containsPattern("Uploaded by\\s+you");
      browser.click("#close");
      assertThat(browser.policyViolations()).isEmpty();

      browser.click("#sign-out");

      browser.await("the sign-in", () -> browser.find("#sign-in").isDisplayed());
      assertThat(browser.run("return sessionStorage.length")).isEqualTo(0L);
    }
  }

  /** As the README has it; the mail with the password goes to nobody here. */
  private void makeUser(Stack stack, String email) {
    cloud
        .aws()
        .cli(
            "cognito-idp",
            "admin-create-user",
            "--user-pool-id",
            stack.output("UserPool"),
            "--username",
            email,
            "--user-attributes",
            "Name=email,Value=" + email,
            "Name=email_verified,Value=true",
            "--temporary-password",
            FIRST);
  }

  /** Cognito asks for a password of one's own the first time. */
  private static void signIn(Browser browser, String email) {
    browser.await("Cognito's form", () -> !browser.all("#password").isEmpty());
    browser.find("#username").sendKeys(email);
    browser.find("#password").sendKeys(FIRST);
    browser.click("[type=submit]");
    browser.await("the form for a new password", () -> !browser.all("#new_password").isEmpty());
    browser.find("#new_password").sendKeys(OWN);
    browser.find("#confirm_password").sendKeys(OWN);
    browser.click("[type=submit]");
  }
}

package dev.bucketlens.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SequencerTest {

  @Test
  void compareTo_shouldOrderAsText_whenLengthsAreEqual() {
    assertThat(new Sequencer("0055AED6DCD90281E5"))
        .isLessThan(new Sequencer("0055AED6DCD90281E6"))
        .isGreaterThan(new Sequencer("0055AED6DCD90281A5"));
  }

  @Test
  void compareTo_shouldPadOnTheRight_whenLengthsDiffer() {
    assertThat(new Sequencer("0055AED6DC"))
        .isEqualByComparingTo(new Sequencer("0055AED6DC00"))
        .isLessThan(new Sequencer("0055AED6DC0001"))
        .isGreaterThan(new Sequencer("0055AED6DBFFFF"));
  }

  @Test
  void new_shouldTreatCasesAlike_whenDigitsAreLowerCase() {
    assertThat(new Sequencer("00ab")).isEqualTo(new Sequencer("00AB"));
  }

  @Test
  void new_shouldSayWhatIsExpected_whenTextIsNoSequencer() {
    assertThatThrownBy(() -> new Sequencer(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sequencer has 0 characters; expected 1 to 40 hex digits");
    assertThatThrownBy(() -> new Sequencer("0".repeat(41))).hasMessageContaining("41 characters");
    assertThatThrownBy(() -> new Sequencer("12 34")).hasMessageContaining("hex digits");
  }
}

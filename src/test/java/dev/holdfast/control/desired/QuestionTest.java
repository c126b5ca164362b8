package dev.holdfast.control.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.control.problem.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuestionTest {

    @Test
    void leftOutMeansAFullStateAndHalfAMinute() {
        assertThat(Question.parse(null, null, null))
                .isEqualTo(new Question(0, null, Duration.ofSeconds(30)));
    }

    @Test
    void everyBadParameterIsNamed() {
        refused("after", "-1", null, null);
        refused("after", "01", null, null);
        refused("after", "9999999999999999999", null, null);
        refused("epoch", null, "", null);
        refused("epoch", null, "e".repeat(65), null);
        refused("wait", null, null, "61");
        refused("wait", null, null, "0.5");
        refused("wait", null, null, "99999999999999999999");
    }

    private static void refused(
            String name, @Nullable String after, @Nullable String epoch, @Nullable String wait) {
        assertThatThrownBy(() -> Question.parse(after, epoch, wait))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(name + ": ");
    }
}

package dev.holdfast.agent.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import org.junit.jupiter.api.Test;

class ToolTest {
    private static final Tool SHELL = new Tool("sh", "dash");

    @Test
    void givesBackWhatAProgramSays() throws ToolException {
        Tool.Answer answer = SHELL.run("in\n", "-c", "cat; echo no >&2; exit 3");
        assertThat(answer)
                .isEqualTo(new Tool.Answer("sh -c cat; echo no >&2; exit 3", 3, "in\n", "no\n"));
    }

    @Test
    void longInputAndOutputDoNotBlockEachOther() throws ToolException {
        String input = "0123456789abcde\n".repeat(100_000);
        assertThat(SHELL.run(input, "-c", "tee /dev/stderr").orThrow()).isEqualTo(input);
    }

    @Test
    void aProgramThatDoesNotReadItsInputIsNoError() throws ToolException {
        assertThat(SHELL.run("x".repeat(1_000_000), "-c", "echo done").orThrow())
                .isEqualTo("done\n");
    }

    @Test
    void aRefusalHoldsTheProgramsOwnWordsShortened() throws ToolException {
        Tool.Answer answer =
                SHELL.run("", "-c", "echo 'line 5: bad' >&2; printf '%0500d' 1 >&2; exit 2");
        assertThatThrownBy(answer::orThrow)
                .asInstanceOf(type(ToolException.class))
                .satisfies(e -> {
                    assertThat(e.why()).startsWith("line 5: bad\n000");
                    assertThat(e.why()).endsWith("0 … (exit 2)").hasSizeLessThan(300);
                    assertThat(e.command()).startsWith("sh -c");
                });
    }

    @Test
    void aMissingProgramIsNamedWithThePackageThatHasIt() {
        Tool missing = new Tool("no-such-program", "some-package");
        assertThat(missing.exists()).isFalse();
        assertThatThrownBy(() -> missing.run("", "-V"))
                .isInstanceOf(ToolException.class)
                .hasMessage(
                        "no-such-program: not on this machine (expected: the Debian package"
                                + " some-package to be installed)");
    }
}

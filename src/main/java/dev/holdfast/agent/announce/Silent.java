package dev.holdfast.agent.announce;

import dev.holdfast.agent.duty.Duty;
import dev.holdfast.agent.duty.Findings;
import dev.holdfast.wire.Report;

/// Announces nothing, and says so.
final class Silent implements Duty {

    @Override
    public void tell(Findings findings) {
        findings.withheld(
                new Report.Withheld(
                        null, "the agent has no bird-file: VIPs are announced by other means"));
    }
}

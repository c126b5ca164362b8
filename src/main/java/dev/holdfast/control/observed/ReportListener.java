package dev.holdfast.control.observed;

import dev.holdfast.control.access.AgentRole;
import dev.holdfast.wire.Report;

/// A feature that draws conclusions from what agents say.
///
/// Implemented by the features, so that `observed` need not know them.
public interface ReportListener {

    /// To be called once the report is stored, outside of any transaction.
    ///
    /// @param site its name
    /// @param name of the node or host
    void heard(String site, AgentRole role, String name, Report report);
}

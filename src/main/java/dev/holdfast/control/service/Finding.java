package dev.holdfast.control.service;

import dev.holdfast.wire.BackendHealth;
import org.jspecify.annotations.Nullable;

/// What automation found of one backend.
///
/// @param backend the number the database knows it by
/// @param health null: nothing, as where nobody asks
public record Finding(long backend, @Nullable BackendHealth health) {}

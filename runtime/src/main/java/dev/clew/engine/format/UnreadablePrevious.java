package dev.clew.engine.format;

import dev.clew.value.CodecException;

/** Stands for the {@code @Previous} of a run that continues, if its type has changed: the run is BLOCKED if it asks for it. */
public record UnreadablePrevious(CodecException why) {}

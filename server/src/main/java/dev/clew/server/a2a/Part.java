package dev.clew.server.a2a;

import tools.jackson.databind.JsonNode;

/** A piece of a message or of an artifact. Files are not among them. */
public sealed interface Part {
    /** Words. */
    record Text(String text) implements Part {}

    /** A value. */
    record Data(JsonNode value) implements Part {}
}

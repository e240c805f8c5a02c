package dev.clew.client.wire;

/** Whose server it is, as far as it matters for what it can do. */
public enum ServerKind {
    CLEW,
    LANGGRAPH;

    /** Reads it from what {@code GET /info} answers. */
    static ServerKind of(Doc info) {
        return info.get("host").text("kind").filter("clew"::equals).isPresent() ? CLEW : LANGGRAPH;
    }
}

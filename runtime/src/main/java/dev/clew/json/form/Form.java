package dev.clew.json.form;

/** For what a value is written. */
public enum Form {
    /** To be stored: what would not come back the same is refused. */
    STORED,
    /** To be compared with its copy, which is read from this. */
    CHECKED,
    /** For a digest. */
    CANONICAL,
    /** For a digest as earlier releases made it, of the few types whose form has changed. */
    FORMER
}

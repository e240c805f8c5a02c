package dev.clew.model;

/** A place in a request up to which it stays the same, so that the provider may cache it. */
public enum CachePoint {
    /** After the system prompt. */
    SYSTEM_PROMPT,
    /** After the tools. */
    TOOLS,
    /** After the last message. */
    MESSAGES
}

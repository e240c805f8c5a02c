package dev.clew.server.feed;

import java.time.Instant;

/**
 * An event with its place.
 *
 * @param position where it is in its thread
 * @param at when it happened
 * @param event what happened
 */
public record FeedEntry(long position, Instant at, FeedEvent event) {}

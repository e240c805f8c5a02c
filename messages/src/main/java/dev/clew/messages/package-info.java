/**
 * Messages of a conversation with a model: what a person, a model and tools said, and how they change.
 *
 * <pre>{@code
 * List<Message> conversation = List.of(
 *     Message.system("You plan trips."),
 *     Message.user("Three days in Crete"));
 * }</pre>
 *
 * <p>All types are immutable values: equal if their parts are, free to share between threads, changed by {@code with…} methods
 * that return a copy. Their JSON is LangChain's, so its clients read them. What no type here has a place for is kept as plain
 * data, see {@link PlainData}.
 */
@NullMarked
package dev.clew.messages;

import org.jspecify.annotations.NullMarked;

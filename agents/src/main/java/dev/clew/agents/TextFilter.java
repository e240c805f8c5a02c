package dev.clew.agents;

/**
 * Changes texts before they are stored or streamed: {@link Hooks#filterText}. A pure function, which changes nothing in what it
 * gave before, since a text may pass it again. What it throws refuses an input, or
 * fails the call of the model or tool that gave the text; its message must not quote the text.
 *
 * <pre>{@code
 * hooks.filterText((text, place) -> text.replace(secret, "[secret]"));
 * }</pre>
 */
@FunctionalInterface
public interface TextFilter {
    /** Where a text comes from. */
    enum Place {
        /** The input of a run, before it is stored. */
        INPUT,
        /** The answer of a model, before it is recorded and streamed. */
        ANSWER,
        /** The result of a tool, before it is recorded. */
        TOOL_RESULT
    }

    /** Returns the text that is stored in place of this one. */
    String apply(String text, Place place);

    /**
     * Returns the text that a model reads in place of one that an earlier run stored. A filter that refuses texts gives it back as
     * it is: else no later run of the thread could begin.
     *
     * @param place where the text came from at that time
     */
    default String applyToEarlier(String text, Place place) {
        return apply(text, place);
    }
}

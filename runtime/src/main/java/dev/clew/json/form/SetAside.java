package dev.clew.json.form;

import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.util.TokenBuffer;

/** Members that are set aside, to be read as an object of their own. */
public final class SetAside {
    private SetAside() {}

    /**
     * Reads the members that are left of an object; ends at the object's end.
     *
     * @param first the name of the member at hand, or null if there is none
     * @param taken is asked for each member at its value, and says that it has taken it
     */
    public static <T> T members(
            JsonParser in, @Nullable String first, Predicate<String> taken, Function<JsonParser, T> reader) {
        try (TokenBuffer rest = TokenBuffer.forBuffering(in, ObjectReadContext.empty())) {
            rest.writeStartObject();
            for (String name = first; name != null; name = in.nextName()) {
                in.nextToken();
                if (!taken.test(name)) {
                    rest.writeName(name);
                    rest.copyCurrentStructure(in);
                }
            }
            rest.writeEndObject();
            JsonParser again = rest.asParser(ObjectReadContext.empty(), in);
            again.nextToken();
            return reader.apply(again);
        }
    }
}

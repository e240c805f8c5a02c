package dev.clew.graph;

import dev.clew.effect.Resolution;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The types of what is said of the outcome of a node that gives an update. For generated code.
 *
 * <pre>{@code
 * InterruptKey.of("pay.outcome", TypeRef.of(UnknownOutcome.class), UpdateOutcomes.resolution(ChatUpdate.TYPE))
 * }</pre>
 */
public final class UpdateOutcomes {
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final String CASE = "@type";
    private static final String VALUE = "value";
    private static final String REASON = "reason";

    private UpdateOutcomes() {}

    /** The type of what a person says. */
    @SuppressWarnings("unchecked") // the members make resolutions of this type
    public static <U extends StateUpdate<?>> TypeRef<Resolution<U>> resolution(TypeRef<U> update) {
        Class<Resolution<U>> raw = (Class<Resolution<U>>) (Class<?>) Resolution.class;
        return TypeRef.of(raw, new ResolutionMembers<>(update));
    }

    /** The type of what the outside world says. */
    @SuppressWarnings("unchecked") // the members make values of this type
    public static <U extends StateUpdate<?>> TypeRef<Optional<U>> found(TypeRef<U> update) {
        Class<Optional<U>> raw = (Class<Optional<U>>) (Class<?>) Optional.class;
        return TypeRef.of(raw, new FoundMembers<>(update));
    }

    /** In the form that the codec gives to resolutions of other values. */
    private record ResolutionMembers<U>(TypeRef<U> update) implements Members<Resolution<U>> {
        @Override
        public Map<String, TypeRef<?>> types() {
            Map<String, TypeRef<?>> types = new LinkedHashMap<>();
            types.put(CASE, TEXT);
            types.put(VALUE, update);
            types.put(REASON, TEXT);
            return types;
        }

        @Override
        public List<Member> of(Resolution<U> said) {
            if (said instanceof Resolution.Succeeded<U> succeeded) {
                return List.of(named("Succeeded"), new Member(VALUE, update, succeeded.value()));
            }
            return said instanceof Resolution.Failed<U> failed
                    ? List.of(named("Failed"), new Member(REASON, TEXT, failed.reason()))
                    : List.of(named("RunAgain"));
        }

        private static Member named(String name) {
            return new Member(CASE, TEXT, name);
        }

        @Override
        public Resolution<U> from(Stored stored) {
            @Nullable String name = stored.get(CASE, TEXT);
            return switch (String.valueOf(name)) {
                case "Succeeded" -> Resolution.succeeded(Objects.requireNonNull(stored.get(VALUE, update), VALUE));
                case "Failed" -> Resolution.failed(Objects.requireNonNull(stored.get(REASON, TEXT), REASON));
                case "RunAgain" -> Resolution.runAgain();
                default ->
                    throw new IllegalRequestException(
                            "'" + name + "' is not a resolution; write Succeeded, Failed or RunAgain");
            };
        }
    }

    private record FoundMembers<U>(TypeRef<U> update) implements Members<Optional<U>> {
        @Override
        public Map<String, TypeRef<?>> types() {
            return Map.of(VALUE, update);
        }

        @Override
        public List<Member> of(Optional<U> found) {
            return found.map(value -> List.of(new Member(VALUE, update, value))).orElse(List.of());
        }

        @Override
        public Optional<U> from(Stored stored) {
            return stored.names().contains(VALUE) ? Optional.ofNullable(stored.get(VALUE, update)) : Optional.empty();
        }
    }
}

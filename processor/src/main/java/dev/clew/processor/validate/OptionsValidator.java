package dev.clew.processor.validate;

import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.Options;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Judges what is written in the annotation of a step: limits, retries, the cache. */
public final class OptionsValidator {
    /** The default of {@code @Retry(maxInterval)}. */
    private static final String LONGEST_INTERVAL = "PT2M8S";

    private final Visibility visibility;
    private final Findings findings;
    private final CacheKeyValidator cacheKeys;

    /** Adds what it finds to the findings. */
    public OptionsValidator(Elements elements, Types types, Visibility visibility, Findings findings) {
        this.visibility = visibility;
        this.findings = findings;
        this.cacheKeys = new CacheKeyValidator(elements, types, visibility, findings);
    }

    /** Judges the options of a step, a node or a graph. */
    public void validate(Options step) {
        Attributes options = step.written();
        limit(step, options, "timeout");
        limit(step, options, "idleTimeout");
        limit(step, options, "settle");
        options.nested("retry").forEach(retry -> retry(step, retry));
        List<Attributes> caches = options.nested("cache");
        if (caches.size() > 1) {
            findings.add(Rule.CACHED_TWICE, step.at(options, "cache"), step.label());
        }
        caches.forEach(cached -> cache(step, cached));
    }

    /** A limit that may be empty, which is none. */
    private void limit(Options step, Attributes attributes, String name) {
        if (!attributes.text(name).orElse("").isEmpty()) {
            duration(step, attributes, name);
        }
    }

    private void duration(Options step, Attributes attributes, String name) {
        attributes.text(name).ifPresent(text -> {
            try {
                Duration duration = Duration.parse(text);
                if (duration.isNegative() || duration.isZero()) {
                    findings.add(Rule.DURATION_NOT_POSITIVE, step.at(attributes, name), name, text);
                }
            } catch (DateTimeParseException e) {
                boolean isTooLong = e.getCause() instanceof ArithmeticException;
                String why = isTooLong ? "longer than a duration can be" : "not an ISO-8601 duration";
                findings.add(Rule.DURATION_UNREADABLE, step.at(attributes, name), name, text, why);
            }
        });
    }

    /** A short maxInterval alone is a limit that the default of initialInterval may reach at once. */
    private void intervals(Options step, Attributes retry) {
        retry.text("initialInterval").ifPresent(initial -> {
            String most = retry.text("maxInterval").orElse(LONGEST_INTERVAL);
            try {
                if (Duration.parse(initial).compareTo(Duration.parse(most)) > 0) {
                    findings.add(Rule.RETRY_INTERVALS, step.at(retry, "initialInterval"), initial, most);
                }
            } catch (DateTimeParseException e) {
                // one of the two has its own finding
            }
        });
    }

    private void retry(Options step, Attributes retry) {
        duration(step, retry, "initialInterval");
        duration(step, retry, "maxInterval");
        intervals(step, retry);
        atLeastOne(step, retry, "maxAttempts");
        atLeastOne(step, retry, "backoff");
        List<AnnotationValue> predicates = retry.list("retryIf");
        if (predicates.size() > 1) {
            findings.add(Rule.RETRY_JUDGES, step.at(retry, "retryIf"), "more than one retryIf");
        } else if (!predicates.isEmpty() && !retry.list("retryOn").isEmpty()) {
            findings.add(Rule.RETRY_JUDGES, step.at(retry, "retryIf"), "both retryOn and retryIf");
        }
        classes(step, retry, "retryIf", type -> canBeMade(type) ? Optional.empty() : Optional.of(Rule.RETRY_PREDICATE));
        classes(
                step,
                retry,
                "retryOn",
                type -> visibility.reaches(type) ? Optional.empty() : Optional.of(Rule.TYPE_UNREACHABLE));
    }

    private void classes(Options step, Attributes retry, String name, Function<TypeElement, Optional<Rule>> judge) {
        for (AnnotationValue value : retry.list(name)) {
            Optional<Rule> broken = value.getValue() instanceof DeclaredType type && type.getKind() != TypeKind.ERROR
                    ? judge.apply((TypeElement) type.asElement())
                    : Optional.of(Rule.TYPE_UNRESOLVED);
            Object shown = value.getValue() instanceof TypeMirror type ? type : "a class in " + name;
            broken.ifPresent(rule -> findings.add(rule, step.at(retry, name), shown));
        }
    }

    private void atLeastOne(Options step, Attributes retry, String name) {
        retry.value(name)
                .map(AnnotationValue::getValue)
                .filter(value -> value instanceof Number number && !(number.doubleValue() >= 1))
                .ifPresent(value -> findings.add(Rule.RETRY_NUMBER, step.at(retry, name), name, value));
    }

    private boolean canBeMade(TypeElement predicate) {
        boolean inner = predicate.getNestingKind() == NestingKind.MEMBER
                && !predicate.getModifiers().contains(Modifier.STATIC);
        return visibility.reaches(predicate)
                && !inner
                && !predicate.getModifiers().contains(Modifier.ABSTRACT)
                && ElementFilter.constructorsIn(predicate.getEnclosedElements()).stream()
                        .anyMatch(
                                constructor -> constructor.getParameters().isEmpty() && visibility.isOpen(constructor));
    }

    private void cache(Options step, Attributes cached) {
        limit(step, cached, "ttl");
        if (cached.text("version").filter(String::isBlank).isPresent()) {
            findings.add(Rule.CACHE_VERSION, step.at(cached, "version"));
        }
        cached.text("key")
                .filter(key -> !key.isEmpty())
                .ifPresent(key -> cacheKeys.validate(step, key, step.at(cached, "key")));
    }
}

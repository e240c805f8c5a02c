package dev.clew.spring.boot;

import dev.clew.spring.ClewProperties.Place;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** See {@link ConditionalOnPlace}. */
final class OnPlace extends SpringBootCondition {
    static final String PROPERTY = "clew.checkpointer";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Place wanted = metadata.getAnnotations().get(ConditionalOnPlace.class).getEnum("value", Place.class);
        ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnPlace.class, wanted);
        Environment environment = context.getEnvironment();
        String said = environment.getProperty(PROPERTY);
        if (said != null) {
            boolean matches = wanted.name().equalsIgnoreCase(said.strip());
            return new ConditionOutcome(matches, message.because(PROPERTY + " is " + said));
        }
        boolean isThere = wanted == Place.POSTGRES
                || (wanted == Place.SQLITE && environment.containsProperty("clew.sqlite.file"));
        return new ConditionOutcome(isThere, message.because(PROPERTY + " is not set"));
    }
}

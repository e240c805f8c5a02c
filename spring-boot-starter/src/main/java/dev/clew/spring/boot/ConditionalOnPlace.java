package dev.clew.spring.boot;

import dev.clew.spring.ClewProperties.Place;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/** Whether threads are stored here: because {@code clew.checkpointer} says so, or because it says nothing and this is there. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnPlace.class)
@interface ConditionalOnPlace {
    Place value();
}

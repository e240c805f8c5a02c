package dev.clew.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of workflows: the method gets a {@link Lab}, once for each storage.
 *
 * <pre>{@code
 * @ClewTest({Storage.MEMORY, Storage.SQLITE})
 * void theEditorHasTheLastWord(Lab lab) {
 *   var write = lab.graph(() -> EssayFlowGraph.builder(new EssayFlow(writer))).workflow(EssayFlowGraph::write);
 *   …
 * }
 * }</pre>
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(ClewExtension.class)
public @interface ClewTest {
    /** Where threads are stored; the test runs once over each. */
    Storage[] value() default Storage.MEMORY;

    /** What the chance of the test is made of: ids, seeds of runs, the spread of retries. */
    long seed() default 0;

    /** Whether each run is replayed from its log when the test is over. */
    boolean replayCheck() default true;
}

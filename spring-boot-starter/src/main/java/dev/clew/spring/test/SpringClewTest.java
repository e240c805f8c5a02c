package dev.clew.spring.test;

import dev.clew.spring.boot.ClewAutoConfiguration;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * A slice of an application for tests of its workflows: only components with a generated graph are found by scanning, no database,
 * web server or other auto-configuration is there. What the workflows need comes from the test, as {@code @MockitoBean} or
 * {@code @TestConfiguration}.
 *
 * <p>Its methods are annotated {@link dev.clew.testing.ClewTest} and get a {@link dev.clew.testing.Lab}, each one of its own.
 *
 * <pre>{@code
 * @SpringClewTest
 * class EssayFlowTest {
 *   @MockitoBean Writer writer;
 *
 *   @ClewTest
 *   void theEditorHasTheLastWord(Lab lab, @Autowired ClewGraphs graphs, @Autowired EssayFlow flow) {
 *     var write = lab.graph(() -> graphs.customize(EssayFlowGraph.builder(flow))).workflow(EssayFlowGraph::write);
 *     assertThat(write.invoke("rain")).isInterruptedBy(REVIEW);
 *   }
 * }
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest(
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "spring.boot.enableautoconfiguration=false",
            "clew.checkpointer=memory",
            "clew.recover=false",
            "clew.recover-every=0s",
            "clew.workers="
        })
@ImportAutoConfiguration(ClewAutoConfiguration.class)
public @interface SpringClewTest {}

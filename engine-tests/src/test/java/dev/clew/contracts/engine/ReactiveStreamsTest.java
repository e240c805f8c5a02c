package dev.clew.contracts.engine;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunStream;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.opentest4j.TestAbortedException;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;
import org.testng.annotations.Test;

/**
 * The compatibility kit of Reactive Streams, on the publisher of a real run. What it calls required may not be skipped;
 * what is about several subscribers is left out, since a stream has one.
 */
final class ReactiveStreamsTest {
    @TestFactory
    @Execution(ExecutionMode.CONCURRENT) // most rules wait for what must not come
    Stream<DynamicTest> publisherOfARunKeepsTheRulesOfReactiveStreams() {
        return Arrays.stream(Verification.class.getMethods())
                .filter(rule -> rule.isAnnotationPresent(Test.class))
                .filter(rule -> !rule.getName().startsWith("untested_"))
                .filter(rule -> !rule.getName().startsWith("optional_spec111_"))
                .sorted(Comparator.comparing(Method::getName))
                .map(rule -> dynamicTest(rule.getName(), () -> verify(rule)));
    }

    private static void verify(Method rule) throws Throwable {
        Verification verification = new Verification();
        verification.setUp();
        try {
            rule.invoke(verification);
        } catch (InvocationTargetException thrown) {
            Throwable why = thrown.getCause();
            boolean optional = why instanceof SkipException && !rule.getName().startsWith("required_");
            throw optional ? new TestAbortedException(why.getMessage()) : why;
        } finally {
            verification.labs.forEach(Lab::close);
        }
    }

    /** A run that says as much as is wanted. */
    public static final class Verification extends FlowPublisherVerification<StreamEvent> {
        private final List<Lab> labs = new ArrayList<>();

        public Verification() {
            super(new TestEnvironment(5_000, 200, 50), 5_000);
        }

        private RunStream<String> run(String input, long elements) {
            // A run without an end continues after its subscriber has left, for as long as its graph lets it.
            Lab lab = new Lab(Checkpointer.inMemory(), Durability.ASYNC)
                    .options(graph -> graph.closeTimeout(Duration.ZERO))
                    .body((in, calls, run) -> {
                        for (long i = 0; i < elements; i++) {
                            run.emit(i);
                        }
                        return in;
                    });
            labs.add(lab);
            return lab.workflow().stream(input, RunConfig.thread("t"), StreamMode.CUSTOM);
        }

        @Override
        public Flow.Publisher<StreamEvent> createFlowPublisher(long elements) {
            return run("x", elements).publisher();
        }

        /** The invocation is refused, since it has no input. */
        @Override
        public Flow.Publisher<StreamEvent> createFailedFlowPublisher() {
            return run(null, 0).publisher();
        }
    }
}

package dev.clew.processor;

import com.google.auto.service.AutoService;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.OnError;
import dev.clew.annotations.Output;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.annotations.Subgraph;
import dev.clew.annotations.Task;
import dev.clew.annotations.Tool;
import dev.clew.processor.lint.LintMode;
import dev.clew.processor.validate.ValuesMode;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Generates a {@code …Tasks} and a {@code …Graph} for each class with {@link Task @Task} and
 * {@link Entrypoint @Entrypoint} methods.
 *
 * <p>Found by the compiler as a service; put {@code clew-processor} on the processor path. Its options are
 * {@code -Aclew.lint=warn|note|error|off}: what becomes of code in the bodies that would not be replayed; and
 * {@code -Aclew.values=standard|codec}: whether the standard codec stores the values, so that types that it cannot store
 * are shown, or a codec or Jackson modules of yours, of which the compiler knows nothing. What is generated for a class depends on that class and its superclasses only, never on the bodies of methods, and is the same
 * for the same source.
 */
@AutoService(Processor.class)
public final class WorkflowProcessor extends AbstractProcessor {
    private @Nullable Rounds rounds;

    /** For the compiler. */
    public WorkflowProcessor() {}

    @Override
    public synchronized void init(ProcessingEnvironment compiler) {
        super.init(compiler);
        rounds = new Rounds(compiler);
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(
                Task.class.getCanonicalName(),
                Tool.class.getCanonicalName(),
                Entrypoint.class.getCanonicalName(),
                State.class.getCanonicalName(),
                StateGraph.class.getCanonicalName(),
                Node.class.getCanonicalName(),
                OnError.class.getCanonicalName(),
                Subgraph.class.getCanonicalName(),
                Input.class.getCanonicalName(),
                Output.class.getCanonicalName());
    }

    @Override
    public Set<String> getSupportedOptions() {
        return Set.of(LintMode.OPTION, ValuesMode.OPTION);
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        if (rounds != null) {
            rounds.run(annotations, round);
        }
        return false; // claiming would keep javac from asking processors after this one
    }
}

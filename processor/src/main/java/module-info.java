/** Generates graph classes from methods annotated with Clew's annotations; exports nothing, the compiler finds it as a service. */
@SuppressWarnings("requires-automatic") // JavaPoet and AutoService name their modules, but do not declare them
module dev.clew.processor {
    requires com.palantir.javapoet;
    requires dev.clew.annotations;
    requires java.compiler;
    requires static dev.clew.graph; // its topology alone, which stands on nothing
    requires static com.google.auto.service;
    requires static jdk.compiler; // the lint is silent without it
    requires static org.jspecify;

    provides javax.annotation.processing.Processor with
            dev.clew.processor.NativeImageProcessor,
            dev.clew.processor.WorkflowProcessor;
}

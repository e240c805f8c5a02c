package dev.clew.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import dev.clew.processor.read.RuntimeNames;
import javax.lang.model.element.Modifier;

/** Writes what generated graphs have for clients: the same workflows, without the object whose methods they call. */
public final class ClientCode {
    private ClientCode() {}

    /** A client of a checkpointer. */
    public static MethodSpec.Builder client(ClassName graph) {
        return MethodSpec.methodBuilder("client")
                .addJavadoc(
                        "A client: the same workflows, which it executes nowhere. It enqueues runs for workers, answers, cancels, and"
                                + " reads.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(graph)
                .addParameter(RuntimeNames.CHECKPOINTER, "checkpointer")
                .addStatement("return clientBuilder().checkpointer(checkpointer).build()");
    }

    /** The head of the method that makes a client's builder. */
    public static MethodSpec.Builder builder(ClassName graph) {
        return MethodSpec.methodBuilder("clientBuilder")
                .addJavadoc("A builder of a client, for what {@link #client} does not say, such as a codec.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(ParameterizedTypeName.get(RuntimeNames.GRAPH_BUILDER, graph));
    }
}

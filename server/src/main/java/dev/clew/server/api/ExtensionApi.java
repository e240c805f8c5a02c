package dev.clew.server.api;

import dev.clew.server.auth.Operation;
import dev.clew.server.auth.Principal;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Kernel;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import dev.clew.server.spi.ExtensionReply;
import dev.clew.server.spi.ExtensionRequest;
import dev.clew.server.spi.ServerExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What other modules answer. Each asks this server again as the caller who has asked it. */
public final class ExtensionApi {
    private final List<ServerExtension> extensions;
    private final Supplier<Kernel> kernel;

    /** @param kernel what answers; asked for when a request comes */
    public ExtensionApi(List<ServerExtension> extensions, Supplier<Kernel> kernel) {
        this.extensions = List.copyOf(extensions);
        this.kernel = kernel;
    }

    public List<Route> routes() {
        return extensions.stream()
                .map(extension -> Route.post(
                        extension.path(), Operation.Assistants.SEARCH, request -> answer(extension, request)))
                .toList();
    }

    private Reply answer(ServerExtension extension, ApiRequest request) {
        request.requireJson();
        ExtensionRequest asked = new ExtensionRequest(
                request.headers(),
                request.content(),
                (method, path, json) -> ask(request.principal(), method, path, json));
        return Reply.awaited(extension.post(asked).thenApply(ExtensionApi::reply));
    }

    private static Reply reply(ExtensionReply given) {
        return given.json().length == 0
                ? Reply.empty(given.status())
                : new Reply.Bytes(given.status(), Map.of(), "application/json", given.json());
    }

    private CompletableFuture<ExtensionReply> ask(Principal who, String method, String path, byte[] json) {
        int question = path.indexOf('?');
        Kernel.Call call = new Kernel.Call(
                method,
                question < 0 ? path : path.substring(0, question),
                question < 0 ? null : path.substring(question + 1),
                Map.of("content-type", "application/json"),
                json,
                "");
        return read(kernel.get().handle(call, who));
    }

    private static CompletableFuture<ExtensionReply> read(Reply reply) {
        if (reply instanceof Reply.Document document) {
            return CompletableFuture.completedFuture(
                    new ExtensionReply(document.status(), Json.bytes(document.body())));
        }
        if (reply instanceof Reply.Bytes bytes) {
            return CompletableFuture.completedFuture(new ExtensionReply(bytes.status(), bytes.body()));
        }
        if (reply instanceof Reply.Later later) {
            return EndedWait.of(
                    later.body().thenApply(body -> new ExtensionReply(later.status(), Json.bytes(body))), later.body());
        }
        if (reply instanceof Reply.Awaited awaited) {
            return awaited.reply().thenCompose(ExtensionApi::read);
        }
        if (reply instanceof Reply.Events events) {
            events.frames().close();
            throw new IllegalArgumentException("an extension cannot ask for a stream");
        }
        return CompletableFuture.completedFuture(ExtensionReply.empty(reply.status()));
    }
}

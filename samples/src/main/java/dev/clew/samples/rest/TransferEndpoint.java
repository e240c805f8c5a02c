package dev.clew.samples.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.json.JsonCodec;
import dev.clew.samples.people.ApproveAction;
import dev.clew.samples.people.ApproveAction.Transfer;
import dev.clew.state.RunStatus;
import dev.clew.value.CodecException;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Transfers over HTTP: {@code PUT /transfers/ID} starts one, {@code GET} says how it stands, and {@code PUT
 * /transfers/ID/approval} answers it.
 */
final class TransferEndpoint implements HttpHandler {
    /** How a transfer stands. */
    record Reply(RunStatus status, @Nullable String result) {}

    private final JsonCodec json = JsonCodec.standard();
    private final Workflow<Transfer, String> pay;

    TransferEndpoint(Workflow<Transfer, String> pay) {
        this.pay = pay;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            respond(exchange);
        }
    }

    private void respond(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", -1); // "", "transfers", ID, perhaps "approval"
        String id = path.length < 3 ? "" : "transfer-" + path[2];
        try {
            switch (exchange.getRequestMethod() + (path.length == 4 ? " " + path[3] : "")) {
                case "PUT" -> start(exchange, id);
                case "GET" -> send(exchange, 200, reply(id));
                case "PUT approval" -> answer(exchange, id);
                default -> send(exchange, 405, "PUT or GET a transfer, or PUT its approval");
            }
        } catch (CodecException wrong) {
            send(exchange, 400, wrong.getMessage());
        } catch (RequestRefusedException refused) {
            send(exchange, refused.reason() == Reason.UNKNOWN ? 404 : 409, refused.getMessage());
        } catch (IllegalRequestException | AnswerRefusedException | ThreadBusyException refused) {
            send(exchange, 409, refused.getMessage());
        }
    }

    /** When the response leaves, the transfer is stored, and a worker executes it. The same request again starts nothing twice. */
    private void start(HttpExchange exchange, String id) throws IOException {
        pay.enqueue(read(exchange, TypeRef.of(Transfer.class)), RunConfig.once(id));
        send(exchange, 202, reply(id));
    }

    private void answer(HttpExchange exchange, String id) throws IOException {
        boolean approved = read(exchange, TypeRef.of(Boolean.class));
        // What it asks; if it crashed, it goes on.
        RunResult<String> now = pay.invoke(Command.proceed(), RunConfig.once(id));
        if (now instanceof RunResult.Interrupted<String> pause) {
            pay.invoke(pause.only(ApproveAction.APPROVE).answer(approved), RunConfig.once(id));
        }
        send(exchange, 200, reply(id));
    }

    private Reply reply(String id) {
        return new Reply(pay.handle(id, id).status(), pay.state(id).value());
    }

    private <T> T read(HttpExchange exchange, TypeRef<T> type) throws IOException {
        return Objects.requireNonNull(json.decode(exchange.getRequestBody().readAllBytes(), type));
    }

    private void send(HttpExchange exchange, int status, @Nullable Object body) throws IOException {
        byte[] bytes = body instanceof Reply reply
                ? json.encode(reply, TypeRef.of(Reply.class))
                : json.encode(String.valueOf(body), TypeRef.of(String.class));
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}

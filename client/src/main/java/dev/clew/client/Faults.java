package dev.clew.client;

import dev.clew.client.wire.ServerFault;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.ThreadBusyException;
import dev.clew.value.ClewException;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What servers answer, as callers of workflows know it. */
final class Faults {
    private final String server;
    private final String workflow;

    Faults(String server, String workflow) {
        this.server = server;
        this.workflow = workflow;
    }

    /** Something that asks a server. */
    @FunctionalInterface
    interface Call<T extends @Nullable Object> {
        T make() throws IOException;
    }

    /** Makes a call for a thread. */
    <T extends @Nullable Object> T of(String threadId, Call<T> call) {
        try {
            return call.make();
        } catch (IOException away) {
            throw new RemoteServerException(
                    "the server of workflow '" + workflow + "' at " + server + " cannot be reached: " + why(away)
                            + "; what it received goes on there",
                    0,
                    away);
        } catch (ServerFault fault) {
            throw typed(threadId, fault);
        }
    }

    private static String why(IOException away) {
        return away.getMessage() == null ? away.getClass().getSimpleName() : away.getMessage();
    }

    private ClewException typed(String threadId, ServerFault fault) {
        String why =
                "thread '" + threadId + "' of workflow '" + workflow + "' at " + server + ": " + fault.getMessage();
        return switch (fault.status()) {
            case 404 -> new RequestRefusedException(Reason.UNKNOWN, why);
            case 409 ->
                isKey(fault)
                        ? new RequestRefusedException(Reason.OTHER_INPUT, why)
                        : new ThreadBusyException(
                                threadId, "the server refuses: " + fault.getMessage(), server, Instant.now());
            case 400, 422 -> new RequestRefusedException(Reason.INVALID, why);
            case 401, 403 ->
                new RemoteServerException(why + "; give credentials with header(…)", fault.status(), fault);
            default -> new RemoteServerException(why, fault.status(), fault);
        };
    }

    private static boolean isKey(ServerFault fault) {
        return String.valueOf(fault.getMessage()).contains("idempotency key");
    }

    /** What this wire has no word for. */
    RequestRefusedException unsupported(String what, String instead) {
        return new RequestRefusedException(
                Reason.UNSUPPORTED,
                "workflow '" + workflow + "' runs on the server at " + server + ", and its protocol has no " + what
                        + "; " + instead);
    }
}

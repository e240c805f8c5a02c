package dev.clew.server.api;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.ThreadBusyException;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.Kernel;
import dev.clew.store.InvalidNamespaceException;
import dev.clew.value.IllegalRequestException;
import java.util.Optional;

/** What the engine throws at a request, as clients read it. */
public final class EngineFaults implements Kernel.Faults {
    @Override
    public Optional<ApiRefusal> refusal(RuntimeException thrown) {
        String why = String.valueOf(thrown.getMessage());
        if (thrown instanceof ThreadBusyException) {
            return Optional.of(ApiRefusal.conflict(why));
        } else if (thrown instanceof AnswerRefusedException refused) {
            return Optional.of(RunStarter.refused(why, refused.pending()));
        } else if (thrown instanceof RequestRefusedException refused) {
            return Optional.of(refused(refused.reason(), why));
        } else if (thrown instanceof IllegalRequestException || thrown instanceof InvalidNamespaceException) {
            return Optional.of(ApiRefusal.invalid(why));
        } else if (thrown instanceof CheckpointException) {
            return Optional.of(ApiRefusal.of(503, "store_unavailable", why));
        }
        return Optional.empty();
    }

    private static ApiRefusal refused(RequestRefusedException.Reason reason, String why) {
        return switch (reason) {
            case UNKNOWN -> ApiRefusal.notFound(why);
            case OTHER_INPUT, TAKEN, UNDONE, UNSETTLED_EFFECT, REPEATED_EFFECT -> ApiRefusal.conflict(why);
            case CLOSED -> ApiRefusal.of(503, "closed", why);
            default -> ApiRefusal.invalid(why);
        };
    }
}

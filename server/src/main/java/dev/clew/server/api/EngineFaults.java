package dev.clew.server.api;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.ThreadBusyException;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.server.kernel.ApiException;
import dev.clew.server.kernel.Kernel;
import dev.clew.store.InvalidNamespaceException;
import dev.clew.value.IllegalRequestException;
import java.util.Optional;

/** What the engine throws at a request, as clients read it. */
public final class EngineFaults implements Kernel.Faults {
    @Override
    public Optional<ApiException> refusal(RuntimeException thrown) {
        String why = String.valueOf(thrown.getMessage());
        if (thrown instanceof ThreadBusyException) {
            return Optional.of(ApiException.conflict(why));
        } else if (thrown instanceof AnswerRefusedException refused) {
            return Optional.of(RunStarter.refused(why, refused.pending()));
        } else if (thrown instanceof RequestRefusedException refused) {
            return Optional.of(refused(refused.reason(), why));
        } else if (thrown instanceof IllegalRequestException || thrown instanceof InvalidNamespaceException) {
            return Optional.of(ApiException.invalid(why));
        } else if (thrown instanceof CheckpointException) {
            return Optional.of(ApiException.of(503, "store_unavailable", why));
        }
        return Optional.empty();
    }

    private static ApiException refused(RequestRefusedException.Reason reason, String why) {
        return switch (reason) {
            case UNKNOWN -> ApiException.notFound(why);
            case OTHER_INPUT, TAKEN -> ApiException.conflict(why);
            case CLOSED -> ApiException.of(503, "closed", why);
            default -> ApiException.invalid(why);
        };
    }
}

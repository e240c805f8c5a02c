package dev.clew.langchain4j;

import dev.clew.model.ModelException;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Failures of LangChain4j by their kind. */
final class ModelFailures {
    /** How providers say that a request is too long. */
    private static final Pattern TOO_LONG = Pattern.compile(
            "context_length_exceeded|maximum context length|context window|prompt is too long|input is too long"
                    + "|exceeds the maximum number of tokens|too many tokens|request_too_large");

    private ModelFailures() {}

    static ModelException of(Throwable failed) {
        for (Throwable each = failed; each != null; each = each.getCause()) {
            ModelException known = known(each, failed);
            if (known != null) {
                return known;
            }
        }
        return ModelException.unavailable(message(failed), failed);
    }

    private static @Nullable ModelException known(Throwable each, Throwable failed) {
        String message = message(each);
        if (each instanceof HttpException http) {
            return byStatus(http.statusCode(), message, failed);
        } else if (each instanceof RateLimitException) {
            return ModelException.rateLimited(message, null, failed);
        } else if (each instanceof ContentFilteredException) {
            return ModelException.refusal(message, failed);
        } else if (each instanceof ModelNotFoundException) {
            return ModelException.notFound(message, failed);
        } else if (each instanceof AuthenticationException) {
            return isForbidden(each)
                    ? ModelException.permission(message, failed)
                    : ModelException.authentication(message, failed);
        } else if (each instanceof InvalidRequestException) {
            return invalid(message, failed);
        } else if (each instanceof UnsupportedFeatureException) {
            return ModelException.invalidRequest(message, failed);
        } else if (each instanceof TimeoutException
                || each instanceof HttpTimeoutException
                || each instanceof java.util.concurrent.TimeoutException) {
            return ModelException.timeout(message, failed);
        } else if (each instanceof InternalServerException) {
            return ModelException.unavailable(message, failed);
        } else if (each instanceof UnresolvedModelServerException || each instanceof IOException) {
            return ModelException.connection(message, failed);
        }
        return null;
    }

    private static boolean isForbidden(Throwable failed) {
        return failed.getCause() instanceof HttpException http && http.statusCode() == 403;
    }

    private static ModelException invalid(String message, Throwable failed) {
        return TOO_LONG.matcher(message.toLowerCase(Locale.ROOT)).find()
                ? ModelException.contextOverflow(message, failed)
                : ModelException.invalidRequest(message, failed);
    }

    private static ModelException byStatus(int status, String message, Throwable failed) {
        return switch (status) {
            case 401 -> ModelException.authentication(message, failed);
            case 403 -> ModelException.permission(message, failed);
            case 404 -> ModelException.notFound(message, failed);
            case 408, 504 -> ModelException.timeout(message, failed);
            case 413 -> ModelException.contextOverflow(message, failed);
            case 429 -> ModelException.rateLimited(message, null, failed);
            default ->
                status >= 400 && status < 500 ? invalid(message, failed) : ModelException.unavailable(message, failed);
        };
    }

    private static String message(Throwable failed) {
        String message = failed.getMessage();
        return message == null || message.isBlank() ? failed.getClass().getName() : message;
    }
}

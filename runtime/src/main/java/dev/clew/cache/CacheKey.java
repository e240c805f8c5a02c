package dev.clew.cache;

import dev.clew.value.IllegalRequestException;

/**
 * What a cached result is found by: which task, in which version, called with what. The four parts are compared one by
 * one; an implementation must never tell keys apart by a text that they are joined to.
 *
 * <pre>{@code
 * var key = new CacheKey("com.acme.EssayFlow", "compose(java.lang.String)", "1", "9f2c…");
 * cache.clear(key.declaringClass(), key.signature());
 * }</pre>
 *
 * @param declaringClass the class that declares the task
 * @param signature the task's name and parameter types
 * @param version the version of the task's cache policy
 * @param arguments a digest of the arguments; it shows nothing of them
 */
public record CacheKey(String declaringClass, String signature, String version, String arguments) {
    public CacheKey {
        if (declaringClass.isBlank() || signature.isBlank()) {
            throw new IllegalRequestException("a cache key needs the class and the signature of a task");
        }
    }
}

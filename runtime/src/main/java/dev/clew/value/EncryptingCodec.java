package dev.clew.value;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what another codec writes, with AES, so that a store sees no payload.
 *
 * <p>Every stored value names its key, so keys can be rotated: add the new key, make it the current one, and keep the
 * old ones as long as values or digests made under them are stored. A value is bound to its place and cannot be moved to
 * another; one that was changed, moved, or written under an unknown key is refused.
 *
 * <p>Digests are HMACs under a key derived from the current key, so that nobody can guess arguments from a store. They
 * carry the id of their key, and {@link #matches} recomputes under that key.
 *
 * <p>Texts that are looked for by equality, such as the values of metadata, are stored as HMACs beside their ciphertext:
 * a store sees which are equal, and their names, and nothing else. They are found under every known key.
 *
 * <p>Clear bytes are refused, unless {@linkplain Builder#acceptClear accepted} while a store is moved to encryption;
 * until that ends, whoever can write to the store can pass off clear values of their own.
 *
 * <p>Use keys of 256 bits. Each value is then encrypted by <a href="https://c2sp.org/XAES-256-GCM">XAES-256-GCM</a>: by
 * AES-GCM under a key of its own, which is derived from a random nonce of 192 bits. No count of values makes a rotation
 * necessary. A key of 128 bits encrypts all its values by AES-GCM with random nonces of 96 bits: let it encrypt no more than
 * 2<sup>32</sup> values, then rotate. So did keys of 256 bits once; what they wrote is still read.
 *
 * <p>Lengths are not hidden.
 *
 * <p>Immutable and thread-safe.
 *
 * <pre>{@code
 * Codec codec = EncryptingCodec.builder(JsonCodec.standard())
 *     .key("2024", oldKey)
 *     .key("2025", newKey)
 *     .current("2025")
 *     .build();
 * }</pre>
 */
public final class EncryptingCodec implements Codec {
    private final Codec inner;
    private final Map<String, CipherKey> keys;
    private final CipherKey current;
    private final boolean acceptClear;

    private EncryptingCodec(Builder builder, CipherKey current) {
        this.inner = builder.inner;
        this.keys = Collections.unmodifiableMap(new LinkedHashMap<>(builder.keys));
        this.current = current;
        this.acceptClear = builder.acceptClear;
    }

    /** A builder around the codec that writes the clear bytes. */
    public static Builder builder(Codec inner) {
        return new Builder(inner);
    }

    @Override
    public void check(TypeRef<?> type) {
        inner.check(type);
    }

    @Override
    public Optional<String> schema(TypeRef<?> type) {
        return inner.schema(type);
    }

    @Override
    public Optional<String> modelSchema(TypeRef<?> type) {
        return inner.modelSchema(type);
    }

    @Override
    public Optional<String> modelSchema(Map<String, ModelMember> members) {
        return inner.modelSchema(members);
    }

    @Override
    public byte[] encode(@Nullable Object value, TypeRef<?> type) {
        return inner.encode(value, type);
    }

    @Override
    public <T> @Nullable T decode(byte[] bytes, TypeRef<T> type) {
        return inner.decode(bytes, type);
    }

    @Override
    public <T> @Nullable T decodeUnmodifiable(byte[] bytes, TypeRef<T> type) {
        return inner.decodeUnmodifiable(bytes, type);
    }

    @Override
    public @Nullable Object decodePlain(byte[] bytes) {
        return inner.decodePlain(bytes);
    }

    @Override
    public byte[] join(Map<String, byte[]> members) {
        return inner.join(members);
    }

    @Override
    public Map<String, byte[]> split(byte[] object) {
        return inner.split(object);
    }

    @Override
    public byte[] protect(byte[] clear, Place place) {
        checkKind(place);
        try {
            return current.encrypt(inner.protect(clear, place), place).toBytes();
        } catch (GeneralSecurityException e) {
            throw failure("cannot encrypt " + describe(place) + " under key '" + current.id() + "'", e);
        }
    }

    @Override
    public byte[] reveal(byte[] stored, Place place) {
        checkKind(place);
        Optional<Envelope> envelope = Envelope.parse(stored);
        if (envelope.isPresent()) {
            return inner.reveal(decrypted(envelope.get(), place), place);
        }
        if (acceptClear) {
            return inner.reveal(stored, place);
        }
        throw failure(
                describe(place) + " is not encrypted; accept clear values only while a store is moved to encryption",
                null);
    }

    @Override
    public byte[] digest(@Nullable Object[] values, List<? extends TypeRef<?>> types) {
        return sign(current, inner.digest(values, types));
    }

    @Override
    public boolean matches(byte[] recorded, @Nullable Object[] values, List<? extends TypeRef<?>> types) {
        Optional<Envelope> envelope = Envelope.parse(recorded).filter(CipherKey::isSignature);
        if (envelope.isEmpty()) {
            return acceptClear && inner.matches(recorded, values, types);
        }
        CipherKey key = key(envelope.get().keyId(), "a digest");
        return MessageDigest.isEqual(recorded, sign(key, inner.digest(values, types)));
    }

    @Override
    public List<String> tokens(String kind, String text) {
        List<String> tokens = new ArrayList<>();
        tokens.add(token(current, kind, text));
        for (CipherKey key : keys.values()) {
            if (key != current) {
                tokens.add(token(key, kind, text));
            }
        }
        if (acceptClear) {
            tokens.addAll(inner.tokens(kind, text));
        }
        return List.copyOf(tokens);
    }

    private static String token(CipherKey key, String kind, String text) {
        try {
            return key.token(kind, text);
        } catch (GeneralSecurityException e) {
            throw failure("cannot sign a " + kind + " under key '" + key.id() + "'", e);
        }
    }

    private byte[] decrypted(Envelope envelope, Place place) {
        CipherKey key = key(envelope.keyId(), describe(place));
        try {
            return key.decrypt(envelope, place);
        } catch (GeneralSecurityException e) {
            throw failure(
                    describe(place) + " was changed, moved here from another place, or not written under key '"
                            + key.id() + "'",
                    e);
        }
    }

    private CipherKey key(String id, String what) {
        CipherKey key = keys.get(id);
        if (key == null) {
            throw failure(what + " was written under key '" + id + "', which is not known; add it", null);
        }
        return key;
    }

    private static byte[] sign(CipherKey key, byte[] digest) {
        try {
            return key.sign(digest).toBytes();
        } catch (GeneralSecurityException e) {
            throw failure("cannot sign a digest under key '" + key.id() + "'", e);
        }
    }

    /** Kind and id are bound with a NUL between them, so a kind must have none. */
    private static void checkKind(Place place) {
        if (place.kind().indexOf('\0') >= 0) {
            throw new IllegalRequestException("the kind of a place must not contain NUL");
        }
    }

    private static String describe(Place place) {
        return "the value of " + place.kind() + " '" + place.id() + "'";
    }

    private static CodecException failure(String message, @Nullable Throwable cause) {
        return new CodecException(message, "$", cause);
    }

    /**
     * Options of an {@link EncryptingCodec}. Not thread-safe.
     *
     * <pre>{@code
     * Codec codec = EncryptingCodec.builder(JsonCodec.standard()).key("k1", key).build();
     * }</pre>
     */
    public static final class Builder {
        private final Codec inner;
        private final Map<String, CipherKey> keys = new LinkedHashMap<>();
        private @Nullable String current;
        private boolean acceptClear;

        private Builder(Codec inner) {
            this.inner = Objects.requireNonNull(inner, "inner");
        }

        /** Adds an AES key of 256 bits, or of 128, under an id that is stored with every value, in clear. */
        public Builder key(String id, SecretKey key) {
            if (keys.putIfAbsent(id, CipherKey.of(id, key)) != null) {
                throw new IllegalRequestException("there are two keys with the id '" + id + "'");
            }
            return this;
        }

        /** The key that encrypts from now on; may be left out if there is only one. */
        public Builder current(String id) {
            current = id;
            return this;
        }

        /** Whether values and digests that are not encrypted are read; no if not set. */
        public Builder acceptClear(boolean accept) {
            acceptClear = accept;
            return this;
        }

        /** The codec. */
        public EncryptingCodec build() {
            String id = current != null
                    ? current
                    : keys.size() == 1 ? keys.keySet().iterator().next() : null;
            CipherKey key = id == null ? null : keys.get(id);
            if (key == null) {
                throw new IllegalRequestException(
                        id == null
                                ? "say which key is 'current'"
                                : "there is no key with the 'current' id '" + id + "'");
            }
            return new EncryptingCodec(this, key);
        }
    }
}

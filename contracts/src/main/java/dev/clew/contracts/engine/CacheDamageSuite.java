package dev.clew.contracts.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cache.TaskCache;
import dev.clew.contracts.lab.Faulty;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.Storage;
import dev.clew.flow.Durability;
import dev.clew.json.JsonCodec;
import dev.clew.spi.TaskSpec;
import dev.clew.task.CachePolicy;
import dev.clew.value.Codec;
import dev.clew.value.EncryptingCodec;
import dev.clew.value.TypeRef;
import java.util.Arrays;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cache that fails, lies, or is read by somebody else: tasks run, and nothing wrong is given. */
@Timeout(30)
public abstract class CacheDamageSuite extends CacheFixture {
    private static final Lab.Body SHOUT = (input, calls, run) ->
            calls.task("shout", CACHED, input, s -> s + "!").join();

    @ParameterizedTest
    @EnumSource(Storage.class)
    void brokenCacheFailsNoTask(Storage storage) throws Exception {
        Lab lab = lab(storage, new Faulty(newCache()).broken()).body(SHOUT);

        assertThat(lab.workflow().invoke("hi", T).value()).isEqualTo("hi!");
        assertThat(lab.workflow().invoke("hi", T).value()).isEqualTo("hi!");
        assertThat(lab.ran("shout")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 4, 5, 8})
    void damagedEntryIsAMissAndIsReplaced(int place) throws Exception {
        Faulty cache = new Faulty(newCache());
        Lab lab = lab(Storage.ASYNC, cache).body(SHOUT);
        lab.workflow().invoke("hi", T);

        cache.distort(entry -> {
            if (place < 0) {
                return new byte[0];
            }
            entry[place] ^= 4;
            return entry;
        });
        assertThat(lab.workflow().invoke("hi", T).value()).isEqualTo("hi!");
        assertThat(lab.ran("shout")).isEqualTo(2);

        cache.distort(entry -> entry);
        assertThat(lab.workflow().invoke("hi", T).value()).isEqualTo("hi!");
        assertThat(lab.ran("shout")).isEqualTo(2);
    }

    @Test
    void entryOfAnotherKeyIsAMiss() throws Exception {
        Faulty cache = new Faulty(newCache());
        Lab lab = lab(Storage.ASYNC, cache).body(SHOUT);
        lab.workflow().invoke("hi", T);
        lab.workflow().invoke("ho", T);

        cache.distort(entry -> cache.stored().get(1).clone());

        assertThat(lab.workflow().invoke("hi", T).value()).isEqualTo("hi!");
        assertThat(lab.ran("shout")).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void entryThatTheTasksNewTypeCannotReadIsAMiss(Storage storage) throws Exception {
        Lab lab = lab(storage).body(SHOUT);
        lab.workflow().invoke("hi", T);
        TaskSpec<Integer> length = TaskSpec.of("shout", TypeRef.of(Integer.class))
                .method("Lab", "shout(String)")
                .parameter("argument", TypeRef.of(String.class))
                .cache(CachePolicy.of("1"))
                .leaf(call -> call.<String>arg(0).length());

        lab.body((input, calls, run) -> "" + calls.raw().call(length, input).join());

        assertThat(lab.workflow().invoke("hi", OTHER).value()).isEqualTo("2");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void encryptingCodecHidesResultsAndArguments(Storage storage) throws Exception {
        Faulty cache = new Faulty(newCache());
        Lab clear = lab(storage, cache).body(SHOUT);
        clear.workflow().invoke("secret", T);
        Lab lab = encrypted(storage, cache, encryption(1));
        lab.workflow().invoke("secret", T);
        Lab later = encrypted(storage, cache, encryption(1));

        assertThat(later.workflow().invoke("secret", OTHER).value()).isEqualTo("secret!");
        assertThat(later.ran()).isEmpty();
        assertThat(new String(cache.stored().get(0), UTF_8)).contains("secret");
        assertThat(new String(cache.stored().get(1), UTF_8)).doesNotContain("secret");
        assertThat(cache.keys().get(1).arguments())
                .isNotEqualTo(cache.keys().get(0).arguments());
    }

    @Test
    void entryThatIsEncryptedUnderAnotherKeyIsAMiss() throws Exception {
        TaskCache cache = newCache();
        encrypted(Storage.NONE, cache, encryption(1)).workflow().invoke("secret", T);
        Lab other = encrypted(Storage.NONE, cache, encryption(2));

        assertThat(other.workflow().invoke("secret", T).value()).isEqualTo("secret!");
        assertThat(other.ran("shout")).isEqualTo(1);
    }

    private Lab encrypted(Storage storage, TaskCache cache, Codec codec) throws Exception {
        Lab lab = opened(new Lab(storage == Storage.NONE ? null : newStore(), Durability.ASYNC));
        return lab.options(graph -> graph.cache(cache).codec(codec)).body(SHOUT);
    }

    private static Codec encryption(int seed) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) seed);
        return EncryptingCodec.builder(JsonCodec.standard())
                .key("k", new SecretKeySpec(key, "AES"))
                .build();
    }

    /** The log has the hit's value under its own place: it is read without the cache, and moved entries are refused. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    void recordedHitNeedsNoCacheAnyMore(Durability durability) throws Exception {
        Faulty cache = new Faulty(newCache());
        Lab lab = opened(new Lab(newStore(), durability))
                .options(graph -> graph.cache(cache).codec(encryption(1)))
                .body((input, calls, run) -> {
                    List<String> said = List.of(
                            calls.task("shout", CACHED, input, s -> s + "!").join(),
                            calls.task("shout", CACHED, input, s -> s + "!").join());
                    return said + "" + run.interrupt("go on?");
                });
        lab.workflow().invoke("hi", T);
        cache.broken();

        assertThat(lab.crash()
                        .workflow()
                        .invoke(dev.clew.interrupt.Command.resume("."), T)
                        .value())
                .isEqualTo("[hi!, hi!].");
        assertThat(lab.ran("shout")).isEqualTo(1);
    }
}

package dev.clew.json.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.json.JsonCodec;
import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.HumanMessage;
import dev.clew.messages.InvalidToolCall;
import dev.clew.messages.Message;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.MessageUpdate;
import dev.clew.messages.RemoveMessage;
import dev.clew.messages.SystemMessage;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolCallChunk;
import dev.clew.messages.ToolMessage;
import dev.clew.messages.Usage;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON of messages as LangChain 1.5 writes and reads it. */
final class MessageJsonTest {
    private static final JsonCodec CODEC = JsonCodec.standard();
    private static final TypeRef<MessageUpdate> ANY = TypeRef.of(MessageUpdate.class);

    private static final Message LOOK = Message.ai("let me look")
            .withId("a1")
            .withName("travel")
            .withMetadata("finish_reason", "tool_calls")
            .withMetadata("model_name", "x")
            .withMetadata("model_provider", "openai")
            .withToolCalls(List.of(ToolCall.of("c1", "weather", Map.of("city", "Rome"))))
            .withUsage(new Usage(3, 5, 1, 0, 2, false));

    private static final Message THOUGHT = Message.ai("")
            .withId("a2")
            .withContent(
                    List.of(new ContentBlock.Reasoning("hmm", Map.of("signature", "s")), new ContentBlock.Text("ok")))
            .withMetadata("output_version", "v1")
            .withInvalidToolCalls(List.of(InvalidToolCall.of("c2", "book", "{\"city\": \"Ro", "not closed at 13")));

    /** Every shape as LangChain's {@code model_dump} writes it. */
    private static final Map<String, MessageUpdate> FULL = new LinkedHashMap<>();

    /** The same as it is stored. */
    private static final Map<String, MessageUpdate> STORED = new LinkedHashMap<>();

    static {
        FULL.put(
                "{'content':'hi','additional_kwargs':{},'response_metadata':{},'type':'human','name':null,'id':'h1'}",
                Message.user("hi").withId("h1"));
        FULL.put(
                "{'content':[{'type':'text','text':'what is it?'},{'type':'image','base64':'AA','mime_type':'image/png'}],"
                        + "'additional_kwargs':{},'response_metadata':{},'type':'human','name':null,'id':'h2'}",
                Message.user(new ContentBlock.Text("what is it?"), ContentBlock.Image.ofBase64("AA", "image/png"))
                        .withId("h2"));
        FULL.put(
                "{'content':'let me look','additional_kwargs':{},'response_metadata':{'finish_reason':'tool_calls',"
                        + "'model_name':'x','model_provider':'openai'},'type':'ai','name':'travel','id':'a1','tool_calls':"
                        + "[{'name':'weather','args':{'city':'Rome'},'id':'c1','type':'tool_call'}],'invalid_tool_calls':[],"
                        + "'usage_metadata':{'input_tokens':3,'output_tokens':5,'total_tokens':8,'input_token_details':"
                        + "{'cache_read':1,'cache_creation':0},'output_token_details':{'reasoning':2}}}",
                LOOK);
        FULL.put(
                "{'content':[{'type':'reasoning','reasoning':'hmm','extras':{'signature':'s'}},{'type':'text','text':'ok'}],"
                        + "'additional_kwargs':{},'response_metadata':{'output_version':'v1'},'type':'ai','name':null,"
                        + "'id':'a2','tool_calls':[],'invalid_tool_calls':[{'type':'invalid_tool_call','id':'c2','name':'book',"
                        + "'args':'{\\'city\\': \\'Ro','error':'not closed at 13'}],'usage_metadata':null}",
                THOUGHT);
        FULL.put(
                "{'content':'sun, 18','additional_kwargs':{},'response_metadata':{},'type':'tool','name':'weather','id':'t1',"
                        + "'tool_call_id':'c1','artifact':{'x':1},'status':'success'}",
                Message.tool(ToolCall.of("c1", "weather", Map.of()), "sun, 18")
                        .withId("t1")
                        .withArtifact(Map.of("x", 1)));
        FULL.put(
                "{'content':'','additional_kwargs':{},'response_metadata':{},'type':'remove','name':null,'id':'a1'}",
                new RemoveMessage("a1"));
        FULL.put(
                "{'content':'','additional_kwargs':{},'response_metadata':{},'type':'remove','name':null,"
                        + "'id':'__remove_all__'}",
                RemoveMessage.all());
        FULL.put(
                "{'content':'be brief','additional_kwargs':{},'response_metadata':{},'type':'system','name':null,'id':'s1'}",
                Message.system("be brief").withId("s1"));
        STORED.put(
                "{'content':'hi','type':'human','id':'h1'}", Message.user("hi").withId("h1"));
        STORED.put("{'type':'remove','id':'a1'}", new RemoveMessage("a1"));
        STORED.put(
                "{'content':'no','type':'tool','name':'weather','tool_call_id':'c1','status':'error'}",
                ToolMessage.error(ToolCall.of("c1", "weather", Map.of()), "no"));
        STORED.put(
                "{'type':'ai','tool_calls':[{'name':'weather','args':{},'id':'c1','type':'tool_call'}]}",
                Message.ai(ToolCall.of("c1", "weather", Map.of())));
    }

    private static String quoted(String json) {
        return json.replace("\\'", "\\\"").replace('\'', '"');
    }

    private static MessageUpdate read(String json) {
        MessageUpdate update = CODEC.decode(quoted(json).getBytes(StandardCharsets.UTF_8), ANY);
        assertThat(update).isNotNull();
        return update;
    }

    private static String text(@Nullable Object plain) {
        return new String(CODEC.encode(plain, TypeRef.of(Object.class)), StandardCharsets.UTF_8);
    }

    private static String stored(MessageUpdate message) {
        return new String(CODEC.encode(message, ANY), StandardCharsets.UTF_8);
    }

    @Test
    void fullFormIsThatOfLangChain() {
        FULL.forEach((json, message) -> {
            assertThat(text(MessageJson.full(message))).isEqualTo(quoted(json));
            assertThat(read(json)).isEqualTo(message);
        });
    }

    @Test
    void storedFormLeavesOutWhatIsEmpty() {
        STORED.forEach((json, message) -> {
            assertThat(stored(message)).isEqualTo(quoted(json));
            assertThat(read(json)).isEqualTo(message);
        });
    }

    @Test
    void storedFormIsCompletedToTheFullOne() {
        for (MessageUpdate message : FULL.values()) {
            Object plain = CODEC.decodePlain(stored(message).getBytes(StandardCharsets.UTF_8));
            assertThat(text(MessageJson.completed(Map.of("messages", List.of(plain)))))
                    .isEqualTo(text(Map.of("messages", List.of(MessageJson.full(message)))));
        }
        Map<String, Object> other = Map.of("type", "human", "age", 30, "id", "x");
        assertThat(MessageJson.completed(other)).isEqualTo(other);
    }

    @Test
    void piecesHaveLangChainsForm() {
        MessageChunk first = MessageChunk.text("He").withId("a1");
        assertThat(text(MessageJson.full(first)))
                .isEqualTo(
                        quoted("{'content':'He','additional_kwargs':{},'response_metadata':{},'type':'AIMessageChunk',"
                                + "'name':null,'id':'a1','tool_calls':[],'invalid_tool_calls':[],'usage_metadata':null,"
                                + "'tool_call_chunks':[],'chunk_position':null}"));
        MessageChunk call = MessageChunk.toolCall(new ToolCallChunk(0, "c1", "weather", "{\"ci"))
                .withId("a1");
        assertThat(text(MessageJson.full(call)))
                .contains(quoted("'tool_calls':[{'name':'weather','args':{},'id':'c1','type':'tool_call'}]"))
                .contains(
                        quoted(
                                "'tool_call_chunks':[{'name':'weather','args':'{\\'ci','id':'c1','index':0,'type':'tool_call_chunk'}]"));
        MessageChunk more = MessageChunk.toolCall(new ToolCallChunk(0, null, null, "ty\":\"Rome\"}"));
        assertThat(text(MessageJson.full(more)))
                .contains(quoted("'tool_calls':[]"))
                .contains(quoted("'tool_call_chunks':[{'name':null,'args':'ty\\':\\'Rome\\'}','id':null,'index':0,"));
        MessageChunk last = MessageChunk.end(Usage.of(1, 1)).withId("a1");
        assertThat(text(MessageJson.full(last)))
                .contains(quoted("'usage_metadata':{'input_tokens':1,'output_tokens':1,'total_tokens':2}"))
                .contains(quoted("'chunk_position':'last'"));
        for (MessageChunk chunk : List.of(first, call, more, last)) {
            TypeRef<MessageChunk> type = TypeRef.of(MessageChunk.class);
            assertThat(CODEC.decode(CODEC.encode(chunk, type), type)).isEqualTo(chunk);
        }
    }

    @ParameterizedTest
    @CsvSource({"human,HUMAN", "user,HUMAN", "ai,AI", "assistant,AI", "system,SYSTEM", "developer,SYSTEM"})
    void typesAndRolesAreRead(String name, String kind) {
        Class<?> expected =
                kind.equals("HUMAN") ? HumanMessage.class : kind.equals("AI") ? AiMessage.class : SystemMessage.class;
        assertThat(read("{'type':'" + name + "','content':'hi'}")).isInstanceOf(expected);
        assertThat(read("{'role':'" + name + "','content':[{'type':'text','text':'hi'}]}"))
                .isInstanceOf(expected);
        assertThat(read("{'type':'message','role':'" + name + "','content':'hi'}"))
                .isInstanceOf(expected);
        assertThat(read("['" + name + "','hi']")).isInstanceOf(expected);
    }

    @Test
    void textAloneIsWhatAPersonSays() {
        assertThat(read("'hi'")).isEqualTo(Message.user("hi"));
    }

    @Test
    void oneMessageIsReadWhereAListIsExpected() {
        TypeRef<List<Message>> list = new TypeRef<>() {};
        assertThat(CODEC.decode("\"hi\"".getBytes(StandardCharsets.UTF_8), list))
                .isEqualTo(List.of(Message.user("hi")));
        assertThat(CODEC.decode(quoted("{'role':'user','content':'hi'}").getBytes(StandardCharsets.UTF_8), list))
                .isEqualTo(List.of(Message.user("hi")));
        assertThat(CODEC.decodeUnmodifiable(quoted("['hi',['ai','ho']]").getBytes(StandardCharsets.UTF_8), list))
                .isEqualTo(List.of(Message.user("hi"), Message.ai("ho")))
                .isUnmodifiable();
    }

    @Test
    void callsOfOpenAiAreRead() {
        AiMessage message =
                (AiMessage) read("{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function',"
                        + "'function':{'name':'weather','arguments':'{\\'city\\':\\'Rome\\'}'}},{'id':'c2','type':'function',"
                        + "'function':{'name':'weather','arguments':'{\\'city'}},{'id':'c3','type':'function',"
                        + "'function':{'name':'weather','arguments':'[1]'}}]}");
        assertThat(message.toolCalls()).containsExactly(ToolCall.of("c1", "weather", Map.of("city", "Rome")));
        assertThat(message.invalidToolCalls()).extracting(InvalidToolCall::id).containsExactly("c2", "c3");
        assertThat(message.invalidToolCalls().get(0).args()).isEqualTo("{\"city");
        assertThat(message.invalidToolCalls().get(1).error())
                .isEqualTo("the arguments must be a JSON object, and are a list");
    }

    @Test
    void callsInTheContentAreCallsOnce() {
        AiMessage message =
                (AiMessage) read("{'type':'ai','content':[{'type':'text','text':'ok'},{'type':'tool_use','id':'c1',"
                        + "'name':'weather','input':{'city':'Rome'}}]}");
        assertThat(message.toolCalls()).containsExactly(ToolCall.of("c1", "weather", Map.of("city", "Rome")));
        assertThat(message.content()).containsExactly(new ContentBlock.Text("ok"));
        AiMessage both =
                (AiMessage) read("{'type':'ai','content':[{'type':'tool_call','id':'c1','name':'weather','args':{}}],"
                        + "'tool_calls':[{'id':'c1','name':'weather','args':{},'type':'tool_call'}]}");
        assertThat(both.toolCalls()).hasSize(1);
    }

    @Test
    void whatLangChainDumpsIsRead() {
        assertThat(read("{'lc':1,'type':'constructor','id':['langchain','schema','messages','HumanMessage'],"
                        + "'kwargs':{'content':'hi','type':'human','id':'h1'}}"))
                .isEqualTo(Message.user("hi").withId("h1"));
        assertThat(read("{'lc':1,'type':'constructor','id':['langchain_core','messages','AIMessage'],"
                        + "'kwargs':{'content':'hi','tool_calls':[]}}"))
                .isEqualTo(Message.ai("hi"));
    }

    @Test
    void unknownMembersAndBlocksAreKeptAndWrittenBack() {
        String json = "{'content':[{'type':'audio','base64':'AA'},{'type':'text','text':'ok','annotations':[{'a':1}],"
                + "'index':0},{'no':'type'}],'additional_kwargs':{'x':[1,2.5,null]},'type':'human','id':'h1','mood':'good'}";
        assertThat(stored(read(json))).isEqualTo(quoted(json));
        HumanMessage message = (HumanMessage) read(json);
        assertThat(message.content().get(0)).isEqualTo(new ContentBlock.Other("audio", Map.of("base64", "AA")));
        assertThat(message.text()).isEqualTo("ok");
        assertThat(message.extras()).containsEntry("mood", "good").containsKey("additional_kwargs");
    }

    @Test
    void olderImagesAreRead() {
        HumanMessage message = (HumanMessage)
                read(
                        "{'type':'human','content':[{'type':'image','source_type':'base64','mimeType':'image/png','data':'AA'}]}");
        ContentBlock.Image image = (ContentBlock.Image) message.content().get(0);
        assertThat(image.base64()).isEqualTo("AA");
        assertThat(image.mimeType()).isEqualTo("image/png");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'content':'hi'}",
                "{'type':'robot','content':'hi'}",
                "{'type':'tool','content':'hi'}",
                "{'type':'remove'}",
                "{'type':'human','content':1}",
                "{'type':'human','content':'hi','id':1}",
                "{'type':'ai','content':'hi','tool_calls':{}}",
                "{'type':'ai','content':'hi','tool_calls':[{'id':'c1'}]}",
                "{'type':'ai','content':'hi','tool_calls':[{'id':'c1','name':'x','args':[1]}]}",
                "{'type':'ai','content':'hi','usage_metadata':{'input_tokens':-1}}",
                "{'type':'tool','content':'hi','tool_call_id':'c','status':'maybe'}",
                "1"
            })
    void whatIsNoMessageIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(CodecException.class);
    }

    @Test
    void messageOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> CODEC.decode(
                        quoted("{'type':'ai','content':'x'}").getBytes(StandardCharsets.UTF_8),
                        TypeRef.of(HumanMessage.class)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("expected HumanMessage, found AiMessage");
        assertThatThrownBy(() -> CODEC.decode(
                        quoted("{'type':'remove','id':'x'}").getBytes(StandardCharsets.UTF_8),
                        TypeRef.of(Message.class)))
                .isInstanceOf(CodecException.class);
    }

    record Chat(
            List<Message> messages,
            @Nullable AiMessage last,
            @Nullable Usage usage) {}

    @Test
    void recordsHoldMessages() {
        TypeRef<Chat> type = TypeRef.of(Chat.class);
        Chat chat = new Chat(List.of(Message.user("hi"), LOOK), (AiMessage) THOUGHT, Usage.of(1, 2));
        assertThat(CODEC.decode(CODEC.encode(chat, type), type)).isEqualTo(chat);
        CODEC.check(type);
        assertThat(CODEC.schema(type)).isPresent();
    }

    /** Write and read is the identity, whatever is in a message. */
    @Test
    void whatIsWrittenComesBackEqual() {
        for (int seed = 0; seed < 3_000; seed++) {
            MessageUpdate message = new RandomMessages(new Random(seed)).update();
            assertThat(read2(CODEC.encode(message, ANY))).as("seed %s", seed).isEqualTo(message);
            byte[] full = CODEC.encode(MessageJson.full(message), TypeRef.of(Object.class));
            assertThat(read2(full)).as("seed %s, full", seed).isEqualTo(message);
        }
    }

    private static MessageUpdate read2(byte[] json) {
        MessageUpdate update = CODEC.decode(json, ANY);
        assertThat(update).isNotNull();
        return update;
    }

    @Test
    void placeOfAWrongMessageIsNamed() {
        List<Object> json = new ArrayList<>(List.of("hi", Map.of("type", "robot")));
        assertThatThrownBy(() -> MessageJson.readAll(json))
                .isInstanceOf(IllegalMessageException.class)
                .hasMessageStartingWith("message 1: there are no messages of this type or role");
    }
}

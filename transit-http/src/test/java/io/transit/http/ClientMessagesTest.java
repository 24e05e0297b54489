package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.transit.core.FileMetadata;
import io.transit.core.Token;
import io.transit.core.TransferId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ClientMessagesTest {
    private static final int FUZZED = 20_000;
    private static final int MOST = 10_000;

    private static ClientMessage read(String json) throws WebSocketException {
        return ClientMessages.read(json.replace('\'', '"'), MOST);
    }

    private static FileMetadata file(String members) throws WebSocketException {
        var offer = (ClientMessage.Offer) read("{'files':[{" + members + "}],'type':'offer'}");
        return offer.files().get(0);
    }

    @Test
    void what_a_sender_says() throws Exception {
        FileMetadata file = FileMetadata.of("a.txt", OptionalLong.of(5), "text/plain")
                .inFolder("b/c")
                .withModified(Instant.ofEpochMilli(1_700_000_000_123L));
        String files = "[{'name':'b/c/a.txt','size':5,'type':'text/plain','lastModified':1700000000123,'x':[{}]}]";
        assertThat(read("{'type':'offer','files':" + files
                        + ",'seekable':true,'receivers':1,'encrypted':false,'again':true,'later':{'a':[1]}}"))
                .isEqualTo(new ClientMessage.Offer(List.of(file), true, true));
        assertThat(read("{'files':" + files + ",'type':'offer'}"))
                .isEqualTo(new ClientMessage.Offer(List.of(file), false, false));
        assertThat(read("{'type':'resume','id':'my-id','token':'0123456789012345678901','files':" + files + "}"))
                .isEqualTo(new ClientMessage.Resume(
                        new TransferId("my-id"), new Token("0123456789012345678901"), List.of(file)));
        assertThat(read("{'type':'start','attempt':'a1','offset':9223372036854775807}"))
                .isEqualTo(new ClientMessage.Start("a1", Long.MAX_VALUE));
        assertThat(read("{'type':'done','totalBytes':0}")).isEqualTo(new ClientMessage.Done(0));
        assertThat(read(" {'type':'cancel','reason':'bored'} ")).isEqualTo(new ClientMessage.Cancel());
        assertThat(read("{'type':'cancel'}")).isEqualTo(new ClientMessage.Cancel());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'name':'a.txt'|a.txt|~~|application/octet-stream",
                "'name':'a.txt','size':null,'type':null,'lastModified':null|a.txt|~~|application/octet-stream",
                "'name':'a.txt','type':''|a.txt|~~|application/octet-stream",
                "'name':'/a.txt','type':'image/png'|a.txt|~~|image/png",
                "'name':'../../etc/passwd'|passwd|etc|application/octet-stream",
                "'name':'a\\\\b\\\\c'|c|a/b|application/octet-stream",
                "'name':'a/b/'|download|a/b|application/octet-stream",
                "'name':''|download|~~|application/octet-stream"
            })
    void A2_names_may_be_paths_and_are_cleaned(String members, String name, String folder, String type)
            throws Exception {
        FileMetadata file = file(members);
        assertThat(file.name()).isEqualTo(name);
        assertThat(file.folder()).isEqualTo(folder);
        assertThat(file.type()).isEqualTo(type);
        assertThat(file.size()).isEmpty();
        assertThat(file.modified()).isEmpty();
    }

    @Test
    void a_time_that_nobody_can_write_is_not_known() throws Exception {
        assertThat(file("'name':'a','lastModified':-1").modified()).contains(Instant.ofEpochMilli(-1));
        assertThat(file("'name':'a','lastModified':9223372036854775807").modified())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|a message is a JSON object",
                "x|this is no JSON",
                "5|a message is a JSON object",
                "[]|a message is a JSON object",
                "{'type':'done','totalBytes':1}x|this is no JSON",
                "{'type':'done','totalBytes':1}{}|a message is one JSON object",
                "{'type':'done','totalBytes':1,}|this is no JSON",
                "{'type':'done','totalBytes':1|this is no JSON",
                "{'type':'done','type':'done','totalBytes':1}|this is no JSON, or repeats a key",
                "{'type':'done','totalBytes':1,'x':{'a':1,'a':1}}|this is no JSON, or repeats a key",
                "{'type':'done','totalBytes':1,'x':[[[[[[[[1]]]]]]]]}|this is no JSON, or repeats a key, or goes too deep",
                "{}|type is missing",
                "{'type':5}|type is no text",
                "{'type':'Offer'}|type is none of",
                "{'type':'ready'}|type is none of",
                "{'type':'done'}|totalBytes is missing",
                "{'type':'done','totalBytes':-1}|totalBytes is no whole number from 0",
                "{'type':'done','totalBytes':'1'}|totalBytes is no whole number",
                "{'type':'done','totalBytes':1.0}|totalBytes is no whole number",
                "{'type':'done','totalBytes':1e3}|totalBytes is no whole number",
                "{'type':'done','totalBytes':9223372036854775808}|totalBytes is too large",
                "{'type':'done','totalBytes':[1]}|totalBytes is no whole number",
                "{'type':'start','offset':0}|attempt is missing",
                "{'type':'start','attempt':1,'offset':0}|attempt is no text",
                "{'type':'start','attempt':'a'}|offset is missing",
                "{'type':'offer'}|files is no list",
                "{'type':'offer','files':[]}|files is no list",
                "{'type':'offer','files':{}}|files is no list",
                "{'type':'offer','files':'a'}|files is no list",
                "{'type':'offer','files':['a']}|files is no list of objects",
                "{'type':'offer','files':[[]]}|files is no list of objects",
                "{'type':'offer','files':[{}]}|files[0].name is missing",
                "{'type':'offer','files':[{'name':5}]}|files[0].name is no text",
                "{'type':'offer','files':[{'name':'a','size':-1}]}|files[0].size is no whole number from 0",
                "{'type':'offer','files':[{'name':'a','size':'1'}]}|files[0].size is no whole number",
                "{'type':'offer','files':[{'name':'a','size':1e30}]}|files[0].size is no whole number",
                "{'type':'offer','files':[{'name':'a','type':1}]}|files[0].type is no text",
                "{'type':'offer','files':[{'name':'a','lastModified':'x'}]}|files[0].lastModified is no whole number",
                "{'type':'offer','files':[{'name':'a','name':'b'}]}|this is no JSON, or repeats a key",
                "{'type':'offer','files':[{'name':'a','size':1},{'name':'b'}]}|of several files each has a size",
                "{'type':'offer','files':[{'name':'a','size':1},{'size':1}]}|files[1].name is missing",
                "{'type':'offer','files':[{'name':'a'}],'seekable':1}|seekable is neither true nor false",
                "{'type':'offer','files':[{'name':'a'}],'encrypted':'no'}|encrypted is neither true nor false",
                "{'type':'offer','files':[{'name':'a'}],'receivers':0}|receivers is no number from 1",
                "{'type':'offer','files':[{'name':'a'}],'receivers':true}|receivers is no whole number",
                "{'type':'resume','token':'0123456789012345678901','files':[{'name':'a'}]}|id is missing",
                "{'type':'resume','id':'a b','token':'0123456789012345678901','files':[{'name':'a'}]}|id: ",
                "{'type':'resume','id':'a','token':'short','files':[{'name':'a'}]}|token: ",
                "{'type':'resume','id':'a','token':'0123456789012345678901'}|files is no list"
            })
    void A8_A11_what_is_odd_is_refused_with_what_is_wrong(String json, String why) {
        String text = json == null ? "" : json;
        assertThatExceptionOfType(WebSocketException.class)
                .isThrownBy(() -> read(text))
                .satisfies(e -> assertThat(e.code()).isEqualTo(CloseCode.REFUSED))
                .satisfies(e -> assertThat(e.reason()).isEqualTo("BAD_MESSAGE"))
                .satisfies(e -> assertThat(e.why()).startsWith(why));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'receivers':2", "'receivers':9223372036854775807", "'encrypted':true"})
    void what_is_not_built_yet_is_refused_as_such(String member) {
        assertThatExceptionOfType(WebSocketException.class)
                .isThrownBy(() -> read("{'type':'offer','files':[{'name':'a'}]," + member + "}"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo("UNSUPPORTED"));
    }

    @Test
    void A11_there_may_be_so_many_files_and_no_more() throws Exception {
        var most = (ClientMessage.Offer) read("{'type':'offer','files':" + files(MOST) + "}");
        assertThat(most.files()).hasSize(MOST);
        assertThatExceptionOfType(WebSocketException.class)
                .isThrownBy(() -> read("{'type':'offer','files':" + files(MOST + 1) + "}"))
                .satisfies(e -> assertThat(e.why()).isEqualTo("there may be at most 10000 files here"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo("TOO_LARGE"));
    }

    private static String files(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{'name':'" + i + "','size':1}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Pieces of messages, put together and damaged at random: each is read, or refused as it should be. */
    @Test
    void A11_whatever_comes_is_a_message_or_refused() {
        String[] pieces = {
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"type\":",
            "\"offer\"",
            "\"resume\"",
            "\"start\"",
            "\"done\"",
            "\"files\":",
            "\"files\":[{\"name\":\"a/b\",\"size\":1}]",
            "\"name\":",
            "\"size\":",
            "\"id\":\"a\"",
            "\"token\":",
            "-1",
            "0",
            "1e999999999",
            "9".repeat(1_500),
            "null",
            "true",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\u202e",
            "\"offset\":",
            "\"attempt\":\"\"",
            "\"totalBytes\":",
            "\"lastModified\":",
            "\"receivers\":",
            "\"../\"",
            "\\",
            "\"",
            " "
        };
        var random = new Random(20_261_123);
        for (int i = 0; i < FUZZED; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "{\"type\":\"offer\"," : "{");
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
                text.append(random.nextInt(3) == 0 ? "," : "");
            }
            text.append("}");
            if (random.nextBoolean()) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x300));
            }
            try {
                assertThat(ClientMessages.read(text.toString(), MOST)).isNotNull();
            } catch (WebSocketException e) {
                assertThat(e.why().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(123);
            }
        }
    }
}

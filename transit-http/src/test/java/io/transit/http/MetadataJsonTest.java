package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import io.transit.core.TransferId;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MetadataJsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'file_name':'a.txt','file_size':5,'file_type':'text/plain'}|a.txt|5|text/plain",
                "{'name':'a.txt','size':5,'type':'text/plain'}|a.txt|5|text/plain",
                "{'name':'a.txt','file_size':0,'type':''}|a.txt|0|application/octet-stream",
                "{'file_name':'a','file_size':null,'file_type':'b'}|a||application/octet-stream",
                "{'file_name':'a','file_type':'image/png'}|a||image/png",
                "{'file_name':'a','file_size':9223372036854775807,'file_type':'a/b'}|a|9223372036854775807|a/b",
                "{'other':[{'file_name':1}],'file_name':'','file_size':1,'file_type':'a/b','x':{}}|download|1|a/b",
                "{'file_name':'\u65e5\u672c\u8a9e.txt','file_size':1,'file_type':'a/b'}|\u65e5\u672c\u8a9e.txt|1|a/b",
                "{'file_name':'\\u65e5\\u672c.txt','file_size':1,'file_type':'a/b'}|\u65e5\u672c.txt|1|a/b",
                "{'file_name':'../../etc/passwd','file_size':1,'file_type':'a/b'}|passwd|1|a/b",
                " { 'file_name' : 'a' , 'file_type' : 'a/b' }\t|a||a/b"
            })
    void what_a_sender_says(String json, String name, Long size, String type) throws Exception {
        OptionalLong expected = size == null ? OptionalLong.empty() : OptionalLong.of(size);
        assertThat(MetadataJson.read(json.replace('\'', '"'))).isEqualTo(new FileMetadata(name, expected, type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Go for file chunks",
                "null",
                "5",
                "'a'",
                "[]",
                "[{'file_name':'a','file_size':5,'file_type':'a/b'}]",
                "{",
                "{'file_name'",
                "{'file_name':'a'",
                "{'file_name':'a','file_size':5,'file_type':'a/b'",
                "{'file_name':'a','file_size':5,'file_type':'a/b'}x",
                "{'file_name':'a','file_size':5,'file_type':'a/b'}{}",
                "{'file_name':'a','file_size':5,'file_type':'a/b',}",
                "{'file_name':'a','file_name':'b','file_size':5,'file_type':'a/b'}",
                "{'x':{'a':1,'a':2},'file_name':'a','file_size':5,'file_type':'a/b'}",
                "{'x':[[[[[[[[1]]]]]]]],'file_name':'a','file_size':5,'file_type':'a/b'}",
                "{'file_name':'a','file_size':05,'file_type':'a/b'}",
                "{'file_name':'a','file_size':+5,'file_type':'a/b'}",
                "{'file_name':'a','file_size':NaN,'file_type':'a/b'}",
                "{file_name:'a','file_size':5,'file_type':'a/b'}"
            })
    void A11_what_is_no_JSON_object_cannot_be_decoded(String json) {
        assertRefused(json, "Cannot decode file metadata JSON header.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'file_size':5,'file_type':'a/b'}",
                "{'file_name':'a','file_size':5}",
                "{'file_name':null,'file_size':5,'file_type':'a/b'}",
                "{'file_name':5,'file_size':5,'file_type':'a/b'}",
                "{'file_name':['a'],'file_size':5,'file_type':'a/b'}",
                "{'file_name':'a','file_size':5,'file_type':null}",
                "{'file_name':'a','file_size':5,'file_type':{}}",
                "{'file_name':'a','file_size':-1,'file_type':'a/b'}",
                "{'file_name':'a','file_size':-0,'file_type':'a/b'}",
                "{'file_name':'a','file_size':9223372036854775808,'file_type':'a/b'}",
                "{'file_name':'a','file_size':18446744073709551615,'file_type':'a/b'}",
                "{'file_name':'a','file_size':1e30,'file_type':'a/b'}",
                "{'file_name':'a','file_size':1e3,'file_type':'a/b'}",
                "{'file_name':'a','file_size':5.0,'file_type':'a/b'}",
                "{'file_name':'a','file_size':'5','file_type':'a/b'}",
                "{'file_name':'a','file_size':true,'file_type':'a/b'}",
                "{'file_name':'a','file_size':[],'file_type':'a/b'}",
                "{'file_name':'a','name':'b','file_size':5,'file_type':'a/b'}"
            })
    void A8_missing_and_bad_fields_are_invalid(String json) {
        assertRefused(json, "Invalid file metadata JSON header.");
    }

    @Test
    void A11_ten_thousand_levels_are_refused() {
        assertRefused("[".repeat(10_000), "Cannot decode file metadata JSON header.");
        assertRefused("{\"a\":".repeat(10_000), "Cannot decode file metadata JSON header.");
    }

    @Test
    void what_a_receiver_is_told() {
        var known = new FileMetadata("it's \u65e5\u672c\u8a9e.txt", OptionalLong.of(5), "text/plain; a=\"b\"");
        assertThat(MetadataJson.write(offer(known)))
                .isEqualTo("{\"file_name\":\"it's \u65e5\u672c\u8a9e.txt\",\"file_size\":5,"
                        + "\"file_type\":\"text/plain; a=\\\"b\\\"\"}");
        assertThat(MetadataJson.write(offer(FileMetadata.named("a"))))
                .isEqualTo("{\"file_name\":\"a\",\"file_size\":null,\"file_type\":\"application/octet-stream\"}");
    }

    private static Offer offer(FileMetadata file) {
        return Offer.of(new TransferId("my-id"), file);
    }

    private static void assertRefused(String json, String why) {
        assertThatExceptionOfType(WebSocketException.class)
                .isThrownBy(() -> MetadataJson.read(json.replace('\'', '"')))
                .satisfies(refusal -> {
                    assertThat(refusal.why()).isEqualTo(why);
                    assertThat(refusal.code()).isEqualTo(CloseCode.REFUSED);
                });
    }
}

package io.transit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import io.transit.core.TransferException;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisAddressTest {
    private static RedisURI single(String text) {
        return ((RedisAddress.Single) RedisAddress.parse(text)).uri();
    }

    private static List<RedisURI> seeds(String text) {
        return ((RedisAddress.Cluster) RedisAddress.parse(text)).seeds();
    }

    private static RedisCredentials credentials(RedisURI uri) {
        return Objects.requireNonNull(
                uri.getCredentialsProvider().resolveCredentials().block());
    }

    private static String password(RedisURI uri) {
        return String.valueOf(credentials(uri).getPassword());
    }

    @Test
    void a_single_one_may_have_a_user_a_password_and_a_database() {
        RedisURI uri = single("redis://me:p%40ss%2Fword@example.org:7000/3");
        assertThat(uri.getHost()).isEqualTo("example.org");
        assertThat(uri.getPort()).isEqualTo(7000);
        assertThat(uri.getDatabase()).isEqualTo(3);
        assertThat(uri.isSsl()).isFalse();
        assertThat(credentials(uri).getUsername()).isEqualTo("me");
        assertThat(password(uri)).isEqualTo("p@ss/word");
        assertThat(password(single("redis://:secret@example.org"))).isEqualTo("secret");
    }

    @Test
    void with_tls_the_host_is_verified_unless_it_is_said_otherwise() {
        assertThat(single("rediss://example.org").getVerifyMode()).isEqualTo(SslVerifyMode.FULL);
        assertThat(single("rediss://example.org?verifyPeer=CA").getVerifyMode()).isEqualTo(SslVerifyMode.CA);
        assertThat(seeds("rediss-cluster://a,b?verifyPeer=NONE"))
                .allMatch(uri -> uri.isSsl() && uri.getVerifyMode() == SslVerifyMode.NONE);
        assertThat(single("rediss-sentinel://a,b#m").getSentinels())
                .allMatch(uri -> uri.isSsl() && uri.getVerifyMode() == SslVerifyMode.FULL);
    }

    @Test
    void sentinels_name_a_master_and_may_have_a_password_of_their_own() {
        RedisURI uri = single("redis-sentinel://me:secret@a:1,b/2?sentinelPassword=p%40ss#main");
        assertThat(uri.getSentinelMasterId()).isEqualTo("main");
        assertThat(uri.getDatabase()).isEqualTo(2);
        assertThat(password(uri)).isEqualTo("secret");
        assertThat(uri.getSentinels()).extracting(RedisURI::getPort).containsExactly(1, 26379);
        assertThat(uri.getSentinels()).allMatch(sentinel -> password(sentinel).equals("p@ss"));
    }

    @Test
    void the_nodes_of_a_cluster_share_a_user() {
        List<RedisURI> nodes = seeds("redis-cluster://me:p%2Cw@a:7000,b,[::1]:7001");
        assertThat(nodes).extracting(RedisURI::getPort).containsExactly(7000, 6379, 7001);
        assertThat(nodes)
                .allMatch(uri -> password(uri).equals("p,w")
                        && credentials(uri).getUsername().equals("me"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redis://me:hunter2@a:1/3                              | a:1
            redis-sentinel://me:hunter2@a,b:2?sentinelPassword=hunter2#m | m of the Sentinels a:26379, b:2
            redis-cluster://me:hunter2@a,b:2                      | the Cluster of a:6379, b:2
            """)
    void it_is_shown_without_a_password(String text, String shown) {
        assertThat(RedisAddress.parse(text).shown()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://hunter2@a              | begins with none of redis://
            hunter2                       | begins with none of redis://
            redis://hunter2@a,b           | redis-cluster://
            redis://hunter2@a/first       | is not of the form
            rediss://hunter2@a?verifyPeer=some | verifyPeer=FULL, CA or NONE
            redis-sentinel://hunter2@a,b  | lacks the name of the master
            redis-cluster://hunter2@a/1   | no databases but 0
            redis-cluster://hunter2@a:b   | is not of the form
            redis://hunt er2@a            | percent-encoded
            redis:hunter2                 | names no host
            """)
    void what_is_wrong_is_told_without_the_password(String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisAddress.parse(text))
                .withMessageContaining(why)
                .withNoCause()
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("hunter2"));
    }

    @Test
    void a_prefix_leaves_it_to_the_id_where_a_cluster_keeps_a_key() {
        RedisSettings settings = RedisSettings.of("redis://a");
        Assertions.assertThatExceptionOfType(TransferException.Rejected.class)
                .isThrownBy(() -> settings.withPrefix("{all}"));
    }
}

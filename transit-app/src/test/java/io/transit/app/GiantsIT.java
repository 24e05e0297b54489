package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a client announces costs nothing: a service with little memory stays as small as it was, and serves whoever comes next. A
 * hundred giants of each kind, or as many as {@code transit.giants} says.
 */
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class GiantsIT {
    private static final int GIANTS = Integer.getInteger("transit.giants", 500);
    private static final int AT_ONCE = 16;
    private static final long MOST = 64 << 20;
    private static final String SOME = "some of it".repeat(100) + "!";
    private static final String METADATA = "{'file_name':'a','file_size':null,'file_type':''}".replace('\'', '"');
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
    private static final int TEXT = 1;
    private static final int BINARY = 2;

    @TempDir
    Path home;

    private TransitProcess transit;
    private URI base;
    private long before;

    @BeforeEach
    void start() throws Exception {
        transit = TransitProcess.byScript(home, "-Xmx128m");
        base = transit.address();
        // So that what is needed for as many transfers of any kind is there, such as compiled code.
        ofEach(i -> () -> {
            assertServes("plain-" + i);
            return true;
        });
        before = transit.memory();
    }

    @AfterEach
    void stop() {
        transit.close();
    }

    @Test
    void A13_many_chunks_of_2_GiB() throws Exception {
        // All wait at once; of each some is received, and so it was decoded.
        List<RawConnection> senders = new ArrayList<>();
        try {
            for (int i = 0; i < GIANTS; i++) {
                var sender = new RawConnection(base).request("PUT /chunk-" + i + "/a", CHUNKED);
                senders.add(sender.send("80000000\r\n" + SOME));
            }
            ofEach(i -> () -> {
                try (var receiver = new RawConnection(base)) {
                    receiver.request("GET /chunk-" + i + "?wait=60", "").await("!", "HTTP/1.1 200 ");
                    senders.get(i).cut();
                    receiver.awaitEnd();
                }
                return true;
            });
        } finally {
            for (RawConnection sender : senders) {
                sender.close();
            }
        }
        assertSmallAndServes("chunks of 2 GiB");
    }

    @Test
    void A13_many_lines_of_a_chunks_size_without_end() throws Exception {
        String endless = "5;" + "a".repeat(64 << 10);
        ofEach(i -> () -> {
            try (var receiver = new RawConnection(base);
                    var sender = new RawConnection(base)) {
                receiver.request("GET /endless-" + i + "?wait=60", "");
                sender.request("PUT /endless-" + i + "/a", CHUNKED).send(endless);
                sender.await("\n", "HTTP/1.1 400 ");
                receiver.await("\n", "HTTP/1.1 502 ");
            }
            return true;
        });
        assertSmallAndServes("endless lines");
    }

    @Test
    void A13_many_frames_of_2_to_the_62() throws Exception {
        ofEach(i -> () -> {
            try (var receiver = new RawConnection(base);
                    var sender = new RawConnection(base)) {
                receiver.request("GET /frame-" + i + "?wait=60", "");
                sender.webSocket("/send/frame-" + i).text(METADATA).frame(BINARY, 1L << 62);
                sender.send(SOME);
                receiver.await("!", "HTTP/1.1 200 ");
                sender.cut();
                receiver.awaitEnd();
            }
            return true;
        });
        ofEach(i -> () -> {
            try (var client = new RawConnection(base)) {
                // A close, whose code is 1009.
                client.webSocket("/send/text-" + i).frame(TEXT, 1L << 62).await("\u0003\u00f1", "\u0088");
            }
            return true;
        });
        assertSmallAndServes("frames of 2^62");
    }

    @Test
    void A13_a_frame_passes_through_as_it_arrives() throws Exception {
        long length = 256L << 20;
        byte[] part = new byte[1 << 20];
        try (var sender = new RawConnection(base);
                var receiver = new RawConnection(base)) {
            sender.webSocket("/send/frame").text(METADATA).frame(BINARY, length);
            receiver.request("GET /frame?wait=60", "");
            var sent = CompletableFuture.runAsync(
                    () -> {
                        try {
                            for (long at = 0; at < length; at += part.length) {
                                sender.send(part);
                            }
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    },
                    Thread::startVirtualThread);
            receiver.await("\r\n\r\n", "HTTP/1.1 200 ").skip(length);
            sent.join();
        }
        assertSmallAndServes("a frame of 256 MiB");
    }

    /** Does that once for each giant, for some at a time. */
    private static void ofEach(IntFunction<Callable<Boolean>> deed) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<Boolean>> deeds = new ArrayList<>();
            for (int i = 0; i < GIANTS; i++) {
                deeds.add(deed.apply(i));
            }
            for (Future<Boolean> done : threads.invokeAll(deeds)) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    private void assertSmallAndServes(String what) throws Exception {
        long grown = transit.peakMemory() - before;
        CutTable.addGiants(what, GIANTS, grown);
        assertThat(grown).as(what).isLessThan(MOST);
        assertServes("plain");
    }

    private void assertServes(String id) throws IOException {
        byte[] file = new byte[2 << 20];
        try (var sender = new RawConnection(base);
                var receiver = new RawConnection(base)) {
            receiver.request("GET /" + id + "?wait=60", "");
            sender.request("PUT /" + id + "/a", "Content-Length: " + file.length + "\r\n");
            sender.send(file);
            receiver.await("\r\n\r\n", "HTTP/1.1 200 ").skip(file.length);
            receiver.finish();
            sender.await("bytes", "HTTP/1.1 200 ");
        }
    }
}

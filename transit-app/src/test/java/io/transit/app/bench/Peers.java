package io.transit.app.bench;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Other programs that pass bytes on, as far as they are installed. */
record Peers(Path work) {
    /** Copies bytes and knows nothing of HTTP. */
    Relay socat(String program) throws IOException {
        int port = Ports.free();
        ServerSocketChannel sink = Ports.sink();
        return forwarding(
                Lab.SOCAT,
                port,
                sink,
                List.of(
                        program,
                        "-b",
                        "262144",
                        "TCP-LISTEN:" + port + ",bind=127.0.0.1,fork,reuseaddr,backlog=1024",
                        "TCP:127.0.0.1:" + Ports.of(sink)));
    }

    /** One worker, as is its default, which buffers neither requests nor answers; {@code sizes} are further directives. */
    Relay nginx(String program, String name, String sizes) throws IOException {
        int port = Ports.free();
        ServerSocketChannel sink = Ports.sink();
        Path home = Files.createTempDirectory(work, "nginx");
        Path file = Files.writeString(home.resolve("nginx.conf"), """
                daemon off;
                pid %1$s/pid;
                error_log %1$s/error.log;
                events { worker_connections 4096; }
                http {
                    access_log off;
                    client_max_body_size 0;
                    client_body_temp_path %1$s/client; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
                    %4$s
                    server {
                        listen 127.0.0.1:%2$d backlog=4096;
                        location / {
                            proxy_pass http://127.0.0.1:%3$d;
                            proxy_http_version 1.1;
                            proxy_buffering off;
                            proxy_request_buffering off;
                        }
                    }
                }
                """.formatted(home, port, Ports.of(sink), sizes));
        return forwarding(
                name, port, sink, List.of(program, "-e", home + "/error.log", "-p", home + "/", "-c", file.toString()));
    }

    Relay haproxy(String program) throws IOException {
        int port = Ports.free();
        ServerSocketChannel sink = Ports.sink();
        Path file = Files.writeString(work.resolve("haproxy.cfg"), """
                global
                    maxconn 4000
                    tune.bufsize 65536
                defaults
                    mode http
                    timeout connect 5s
                    timeout client 300s
                    timeout server 300s
                frontend f
                    bind 127.0.0.1:%d
                    default_backend b
                backend b
                    server s 127.0.0.1:%d
                """.formatted(port, Ports.of(sink)));
        return forwarding("haproxy", port, sink, List.of(program, "-db", "-f", file.toString()));
    }

    /** A receiver and a sender meet there too, whoever comes first. */
    Relay piping(String program) throws IOException {
        int port = Ports.free();
        Service service = start(Lab.PIPING, port, List.of(program, "--http-port", Integer.toString(port)));
        var address = Ports.local(port);
        return new Relay(service.name(), new Route.Meeting(address, address, "", ""), List.of(service));
    }

    /** A Redis that keeps nothing. */
    Service redis(String program, int port) throws IOException {
        return start(
                Lab.REDIS,
                port,
                List.of(
                        program,
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--dir",
                        work.toString()));
    }

    /** Returns where a program is; an environment variable may say so. */
    static Optional<String> find(String program, String variable) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(
                        Stream.ofNullable(System.getenv(variable)).map(Path::of),
                        Stream.of((path + ":/usr/sbin:/usr/local/sbin").split(":", -1))
                                .map(directory -> Path.of(directory, program)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private Relay forwarding(String name, int port, ServerSocketChannel sink, List<String> command) throws IOException {
        Service service = start(name, port, command);
        return new Relay(name, new Route.Forwarding(Ports.local(port), sink), List.of(service));
    }

    private Service start(String name, int port, List<String> command) throws IOException {
        return Service.start(work, name, Map.of(), command).awaitListening(port);
    }
}

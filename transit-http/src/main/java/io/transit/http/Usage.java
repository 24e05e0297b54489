package io.transit.http;

/** What a terminal sees that asks for nothing in particular. */
final class Usage {
    private Usage() {}

    /** The text, with the name under which this server was found in its examples. */
    static String text(String origin) {
        return """
                transit passes a file from one person to another, and keeps nothing.

                Send a file; the link is printed at once, and the file leaves when somebody opens it:

                    curl -T film.mkv %1$s/

                Send what a program writes:

                    tar c photos | curl -T - "%1$s/?name=photos.tar"

                Choose the link yourself (it is answered when all is over; for programs that
                cannot read while they send):

                    curl -T film.mkv %1$s/my-id/

                Receive, on another machine:

                    curl -OJ %1$s/my-id
                    wget --content-disposition %1$s/my-id
                    curl -OJ "%1$s/my-id?wait=60"     # may come before the sender

                A link works once. A file that was not whole is an error, with its reason, on both sides.""".formatted(origin);
    }
}

package io.transit.http;

/** What a terminal sees that asks for nothing in particular. Every command in it is run by a test. */
final class Usage {
    private Usage() {}

    /** The text, with the name under which this server was found in its examples. */
    static String text(String origin) {
        return """
                transit passes a file from one person to another, and keeps nothing.
                In a browser it is a page, %1$s/; here is how to use it from a terminal.

                Send a file. The link is printed at once, and the file leaves when somebody opens it:

                    curl -T film.mkv %1$s/
                    curl -F file=@film.mkv %1$s/

                Send what a program writes:

                    tar c photos | curl -T - "%1$s/?name=photos.tar"

                Choose the link yourself, here my-id. Nothing is printed until all is over, for programs
                that cannot read while they send; with ?progress it is told as above:

                    curl -T film.mkv %1$s/my-id/
                    curl -T film.mkv "%1$s/my-id/?progress"

                Receive, on another machine. ?wait=60 may come before the sender:

                    curl -OJ %1$s/my-id
                    wget --content-disposition %1$s/my-id
                    curl -OJ "%1$s/my-id?wait=60"

                Several files, as a page sends them, come as one zip, or as a tar:

                    curl "%1$s/my-id?format=tar&wait=60" | tar x

                When it breaks off: the command that was printed with the link sends the rest of a file
                (not of a pipe); then this receives it, behind what is there already:

                    curl -C - -o film.mkv "%1$s/my-id?wait=60"

                See how it stands, once, or at each change:

                    curl %1$s/api/transfers/my-id
                    curl -N "%1$s/api/transfers/my-id/events?wait=60"

                With ?digest both sides get the SHA-256; with ?qr=0 there is no QR code, and no colour.

                curl exits with 0 when the file was delivered, and whole. When it was not, it exits with
                18 or 56; or with 22 if it has --fail-with-body, which a link of your own needs for that.
                A link works once. What was not whole is an error, with its reason, on both sides.""".formatted(origin);
    }
}

package io.transit.http;

import io.transit.core.FileMetadata;
import io.transit.core.Token;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads what senders say in dialect 2. Members that it does not know are ignored; all else that is odd is refused. */
final class ClientMessages {
    private static final int MAX_DEPTH = 8;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ClientMessages() {}

    /**
     * Reads a message.
     *
     * @param maxFiles the most that it may list
     * @throws WebSocketException if it is none, with what is wrong with it
     */
    static ClientMessage read(String text, int maxFiles) throws WebSocketException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            require(parser.nextToken() == JsonToken.START_OBJECT, "a message is a JSON object");
            var members = new JsonMembers("");
            List<FileMetadata> files = List.of();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                if (parser.nextToken() == JsonToken.START_ARRAY
                        && parser.currentName().equals("files")) {
                    files = files(parser, maxFiles);
                } else {
                    members.add(parser);
                }
            }
            require(parser.nextToken() == null, "a message is one JSON object");
            return message(members, files);
        } catch (JacksonException e) {
            throw bad("this is no JSON, or repeats a key, or goes too deep");
        } catch (TransferException.Rejected e) {
            throw bad(e.field() + ": " + e.getMessage());
        }
    }

    private static ClientMessage message(JsonMembers members, List<FileMetadata> files) throws WebSocketException {
        String type = members.text("type");
        return switch (type) {
            case "offer" -> offer(members, files);
            case "resume" ->
                new ClientMessage.Resume(
                        new TransferId(members.text("id")), new Token(members.text("token")), required(files));
            case "start" -> new ClientMessage.Start(members.text("attempt"), members.count("offset"));
            case "done" -> new ClientMessage.Done(members.count("totalBytes"));
            case "cancel" -> new ClientMessage.Cancel();
            default -> throw bad("type is none of offer, resume, start, done and cancel");
        };
    }

    private static ClientMessage.Offer offer(JsonMembers members, List<FileMetadata> files) throws WebSocketException {
        long receivers = members.optionalCount("receivers").orElse(1);
        require(receivers > 0, "receivers is no number from 1");
        if (receivers > 1) {
            throw new WebSocketException(CloseCode.REFUSED, "UNSUPPORTED", "one receiver per transfer, so far");
        }
        if (members.flag("encrypted")) {
            throw new WebSocketException(
                    CloseCode.REFUSED, "UNSUPPORTED", "files are not encrypted end to end, so far");
        }
        return new ClientMessage.Offer(required(files), members.flag("seekable"), members.flag("again"));
    }

    private static List<FileMetadata> required(List<FileMetadata> files) throws WebSocketException {
        require(!files.isEmpty(), "files is no list of at least one file");
        for (FileMetadata file : files) {
            require(files.size() == 1 || file.size().isPresent(), "of several files each has a size");
        }
        return files;
    }

    private static List<FileMetadata> files(JsonParser parser, int maxFiles) throws WebSocketException {
        List<FileMetadata> files = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (files.size() == maxFiles) {
                throw new WebSocketException(
                        CloseCode.REFUSED, "TOO_LARGE", "there may be at most " + maxFiles + " files here");
            }
            require(parser.currentToken() == JsonToken.START_OBJECT, "files is no list of objects");
            files.add(file(parser, "files[" + files.size() + "]."));
        }
        return files;
    }

    private static FileMetadata file(JsonParser parser, String place) throws WebSocketException {
        var members = new JsonMembers(place);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            parser.nextToken();
            members.add(parser);
        }
        String path = members.text("name");
        String folder = path.substring(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        FileMetadata file = FileMetadata.of(
                        path,
                        members.optionalCount("size"),
                        members.optionalText("type").orElse(""))
                .inFolder(folder);
        OptionalLong modified = members.optionalNumber("lastModified");
        return modified.isPresent() ? file.withModified(Instant.ofEpochMilli(modified.getAsLong())) : file;
    }

    private static void require(boolean holds, String otherwise) throws WebSocketException {
        if (!holds) {
            throw bad(otherwise);
        }
    }

    private static WebSocketException bad(String why) {
        return new WebSocketException(CloseCode.REFUSED, why);
    }
}

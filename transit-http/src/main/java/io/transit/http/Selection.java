package io.transit.http;

import io.helidon.http.Status;
import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a request asks for of an offer: {@code ?file=N}, one of its files, from 1; {@code ?format=zip|tar}, all of them as an
 * archive; or neither, which is the file if there is only one, and else a zip.
 *
 * @param file which one
 * @param format of the archive
 */
record Selection(Optional<Integer> file, Optional<ArchiveFormat> format) {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    /** Whatever there is. */
    static final Selection ALL = new Selection(Optional.empty(), Optional.empty());

    /**
     * Returns what a request asks for.
     *
     * @throws Refusal if that is nothing that could be had
     */
    static Selection of(Exchange exchange) {
        Optional<Integer> file = exchange.parameter("file")
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Integer::valueOf);
        Optional<ArchiveFormat> format = exchange.parameter("format").flatMap(ArchiveFormat::named);
        if (exchange.hasParameter("file") && file.isEmpty()) {
            throw malformed("file is the number of a file, from 1");
        }
        if (exchange.hasParameter("format") && format.isEmpty()) {
            throw malformed("format is zip or tar");
        }
        if (file.isPresent() && format.isPresent()) {
            throw malformed("an archive is of all files: ask for file or for format");
        }
        return new Selection(file, format);
    }

    private static Refusal malformed(String why) {
        return new Refusal(Status.BAD_REQUEST_400, why);
    }

    /** Whether that is of every offer to be had. */
    boolean isAll() {
        return equals(ALL);
    }

    /**
     * Returns what that is of an offer.
     *
     * @throws Refusal if the offer does not have it
     */
    Representation of(Offer offer) {
        if (file.isPresent()) {
            return file(offer, file.get());
        }
        boolean isSingle = offer.files().size() == 1;
        return isSingle && format.isEmpty() ? single(offer) : archive(offer, format.orElse(ArchiveFormat.ZIP));
    }

    private static Representation single(Offer offer) {
        FileMetadata file = offer.files().get(0);
        return new Representation(
                offer.files(),
                file.name(),
                file.type(),
                file.size(),
                canGoOn(offer),
                tag(offer, ""),
                new Representation.AsItIs());
    }

    private static Representation file(Offer offer, int number) {
        int count = offer.files().size();
        if (number > count) {
            throw new Refusal(
                    Status.NOT_FOUND_404, "there is no file " + number + ": the last one has the number " + count);
        }
        if (count == 1) {
            return single(offer);
        }
        if (!offer.seekable()) {
            throw new Refusal(Status.CONFLICT_409, "these files can only be had all together");
        }
        long from = offer.files().stream()
                .limit(number - 1L)
                .mapToLong(file -> file.size().orElseThrow())
                .sum();
        FileMetadata file = offer.files().get(number - 1);
        return new Representation(
                offer.files(),
                file.name(),
                file.type(),
                file.size(),
                canGoOn(offer),
                tag(offer, Integer.toString(number)),
                new Representation.Piece(from, from + file.size().orElseThrow()));
    }

    private static Representation archive(Offer offer, ArchiveFormat format) {
        if (offer.size().isEmpty()) {
            throw new Refusal(Status.CONFLICT_409, "of a file whose size is not known there is no archive");
        }
        Archive archive;
        try {
            archive = Archive.of(format, offer.files());
        } catch (ArithmeticException e) {
            throw new Refusal(Status.CONFLICT_409, "these files are too large for an archive");
        }
        Optional<String> tag = tag(offer, format.name());
        return new Representation(
                offer.files(),
                ArchivePaths.commonName(offer) + "." + format.name(),
                format.type(),
                OptionalLong.of(archive.length()),
                // The bytes that were taken do not tell whether they went into this archive; its tag does.
                tag.isPresent(),
                tag,
                new Representation.Packed(archive));
    }

    private static boolean canGoOn(Offer offer) {
        return (offer.seekable() || offer.rest().isPresent()) && offer.size().isPresent();
    }

    private static Optional<String> tag(Offer offer, String form) {
        boolean isDated =
                offer.files().stream().allMatch(file -> file.modified().isPresent());
        return canGoOn(offer) && isDated ? Optional.of(EntityTag.of(offer, form)) : Optional.empty();
    }
}

package io.transit.http;

import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be had of an offer.
 *
 * @param name to save it under, clean
 * @param type its media type
 * @param size in bytes, or empty when it is not known before the end
 * @param tag its validator, if a receiver whose connection broke may come back for the rest of it
 */
record Representation(String name, String type, OptionalLong size, Optional<String> tag) {
    static Representation of(Offer offer) {
        FileMetadata file = offer.files().get(0);
        boolean canGoOn = offer.seekable() && offer.size().isPresent();
        Optional<String> tag = canGoOn ? Optional.of(EntityTag.of(offer, "")) : Optional.empty();
        return new Representation(file.name(), file.type(), offer.size(), tag);
    }
}

package io.transit.core;

import java.time.Duration;
import java.util.Optional;

/**
 * What a sender gets when its receiver has taken everything.
 *
 * @param bytes the size of the file
 * @param elapsed from the first claim to the end
 * @param sha256 the digest of the whole file, if one of the two sides asked or the sender stated it
 */
public record Receipt(long bytes, Duration elapsed, Optional<Sha256> sha256) {}

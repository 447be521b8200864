package io.tocsin.alerting.notify.channel;

import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is sent.
 *
 * @param dedupKey one per incident
 * @param notification what people have to be told
 * @param incident the incident as it is known now; empty where nothing is known of it
 * @param title one line, rendered for the channel and escaped as it asks
 * @param body several lines, rendered for the channel and escaped as it asks
 * @param remaining time to the next deadline, negative after it; null where none runs
 * @param link where to look; null where no address of the console is configured
 * @param at when it is sent
 */
public record Message(
    String dedupKey,
    Notification notification,
    Optional<Incident> incident,
    String title,
    String body,
    Duration remaining,
    String link,
    Instant at) {}

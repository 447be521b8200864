package io.tocsin.streams.window;

import io.tocsin.streams.sketch.Sketch;

/**
 * What one resource adds to the roll-ups it belongs to: its statistics over a 10 s window that has
 * ended. Each such window gives one part, once.
 *
 * @param subject the resource
 * @param startsAt event time at which the window begins, in ms
 * @param sizeMs its length
 * @param latestAt event time of the newest sample in it, in ms
 * @param intervals intervals it is made of
 * @param sketches by {@link Metric}, the first {@link Metric#WINDOWED}
 * @param flows what went through
 * @param capacity what the resource has
 */
public record Part(
    Subject subject,
    long startsAt,
    long sizeMs,
    long latestAt,
    int intervals,
    Sketch[] sketches,
    Flows flows,
    Capacity capacity) {}

package io.tocsin.server.live;

/**
 * One thing that changed, as it is told to open pages.
 *
 * @param number counts what is told; a page that comes back says up to which it has heard
 * @param area what it is about; pages may ask for some areas only
 * @param name of the event
 * @param json its data
 */
record Event(long number, String area, String name, String json) {}

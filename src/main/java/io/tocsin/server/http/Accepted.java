package io.tocsin.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * That a command was kept.
 *
 * @param command its id, by which what came of it can be found
 * @param silence id of the silence that it is about; left out if it is about none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Accepted(String command, String silence) {}

/** The story of an incident: what happened when, why, what led where, and what may help. */
package io.tocsin.server.story;

/** Tests of gRPC-Web through the web door. */
@NullMarked
package io.clawlive.server.platform.web.grpcweb;

import org.jspecify.annotations.NullMarked;

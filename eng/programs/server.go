// Go's own HTTP server, with the graceful shutdown of its documentation: https://pkg.go.dev/net/http#Server.Shutdown
package main

import (
	"context"
	"io"
	"log"
	"math/rand"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	http.HandleFunc("/", serve)
	server := http.Server{Addr: "127.0.0.1:" + os.Getenv("PORT")}
	idle := make(chan struct{})
	go func() {
		signals := make(chan os.Signal, 1)
		signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
		<-signals
		if err := server.Shutdown(context.Background()); err != nil {
			log.Print(err)
		}
		close(idle)
	}()
	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		log.Fatal(err)
	}
	<-idle
}

func serve(response http.ResponseWriter, request *http.Request) {
	_, _ = io.Copy(io.Discard, request.Body)
	time.Sleep(pause(request))
	if request.Method == http.MethodPost {
		response.WriteHeader(http.StatusCreated)
	}
	_, _ = io.WriteString(response, "hello")
}

// How long a request takes: the same in every program of this folder.
func pause(request *http.Request) time.Duration {
	switch {
	case request.Method == http.MethodPost:
		return time.Duration(5+rand.Intn(75)) * time.Millisecond
	case request.URL.Path == "/":
		return 20 * time.Millisecond
	case request.URL.Path == "/slow":
		return 300 * time.Millisecond
	}
	return 0
}
